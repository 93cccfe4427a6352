using System.Net.Http.Headers;
using System.Text;

namespace OrleansShop.Clinic.Testing.Talking;

/// <summary>A request below the base path of the API. Null as media type sends the body without one.</summary>
public sealed record Request(string Method, string Path, string? Body = null, string? MediaType = "application/json", string? Authorization = null)
{
    public const string BasePath = "/petclinic/api";

    public static Request Get(string path) => new("GET", path);

    public static Request Post(string path, string body) => new("POST", path, body);

    public static Request Put(string path, string body) => new("PUT", path, body);

    public static Request Delete(string path) => new("DELETE", path);

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), $"{BasePath}/{Path}");
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
            if (MediaType is not null) message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
        }

        if (Authorization is not null) message.Headers.TryAddWithoutValidation("Authorization", Authorization);
        return message;
    }

    public override string ToString() => $"{Method} {Path} {(Body?.Length > 80 ? Body[..80] + "…" : Body)}";
}
