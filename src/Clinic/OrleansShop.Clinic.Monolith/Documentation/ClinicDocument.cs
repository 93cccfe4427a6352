using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansShop.Clinic.Http.Configuration;

namespace OrleansShop.Clinic.Monolith.Documentation;

/// <summary>The OpenAPI document, generated from the endpoints, and a page to browse it, which loads nothing from elsewhere.</summary>
internal static class ClinicDocument
{
    private const string PageResource = "OrleansShop.Clinic.Monolith.Documentation.page.html";
    private const string SecurityScheme = "basic";

    public static IServiceCollection AddClinicDocument(this IServiceCollection services, ApiOptions options) => services.AddOpenApi("v1", document =>
    {
        document.AddDocumentTransformer((openApi, _, _) =>
        {
            openApi.Info = new OpenApiInfo { Title = "Pet Clinic", Version = "1.0", Description = "Owners, their pets, visits and vets of a clinic." };
            if (options.SecurityEnabled) Secure(openApi);
            return Task.CompletedTask;
        });
        document.AddOperationTransformer(DescribeAsync);
    });

    public static void MapClinicDocument(this IEndpointRouteBuilder api)
    {
        api.MapOpenApi("openapi/{documentName}.json");
        api.MapGet("docs", ShowPageAsync).ExcludeFromDescription();
    }

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;

        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path))
        {
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0" };
        }

        foreach (var parameter in metadata.OfType<QueryParameter>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(ToOpenApi(parameter));
        }

        if (metadata.OfType<BodyDescription>().LastOrDefault() is { } body)
        {
            context.Document!.AddComponent(body.Type.Name, await context.GetOrCreateSchemaAsync(body.Type, cancellationToken: cancellationToken));
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = new OpenApiSchemaReference(body.Type.Name, context.Document) } },
            };
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is not OpenApiResponse described) continue;
            if (status is "200" or "304") described.Headers = Header("ETag", "An id of this version of the answer.");
            if (status is "201") described.Headers = Header("Location", "The path of the new object.");
        }
    }

    private static OpenApiParameter ToOpenApi(QueryParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = new OpenApiSchema
        {
            Type = parameter.IsNumber ? JsonSchemaType.Integer : JsonSchemaType.String,
            Format = parameter.IsNumber ? "int32" : null,
            Minimum = parameter.Minimum?.ToString(),
            Maximum = parameter.Maximum?.ToString(),
            Default = parameter.Default is { } value ? JsonValue.Create(value) : null,
        },
    };

    private static Dictionary<string, IOpenApiHeader> Header(string name, string description) =>
        new() { [name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } } };

    private static void Secure(OpenApiDocument openApi)
    {
        openApi.Components ??= new OpenApiComponents();
        openApi.AddComponent(SecurityScheme, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic" });
        openApi.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, openApi)] = [] }];
    }

    private static async Task ShowPageAsync(HttpContext context)
    {
        await using var page = Assembly.GetExecutingAssembly().GetManifestResourceStream(PageResource)!;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'";
        await page.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
