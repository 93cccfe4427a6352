using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OrleansShop.ServiceDefaults.Problems;

namespace OrleansShop.Gateway.Forwarding;

/// <summary>
/// Compresses answers. A strong entity tag names the exact bytes of one encoding; the compressed answer has other bytes, so its tag becomes weak.
/// <c>If-None-Match</c> compares weakly, so the backend still recognises it, whatever encoding the client holds.
/// </summary>
internal sealed class Compression(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    /// <summary>Below this length the encoded form and its headers are seldom smaller; it fits one TCP segment either way.</summary>
    public const int MinCompressedBytes = 1024;

    private const string WeakPrefix = "W/";

    public static void Add(IServiceCollection services)
    {
        services.AddResponseCompression(static options =>
        {
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, ProblemJson.MediaType];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(static options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(static options => options.Level = CompressionLevel.Fastest);
        services.AddSingleton<IResponseCompressionProvider, Compression>();
    }

    /// <summary>Tells caches that the answer depends on the accepted encodings, also when this one was left as it is.</summary>
    public static void DeclareVariance(HttpResponse response)
    {
        var vary = response.Headers.Vary;
        if (vary.Count == 0)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
        }
        else if (!vary.ToString().Contains(HeaderNames.AcceptEncoding, StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        }
    }

    public override bool ShouldCompressResponse(HttpContext context) =>
        !(context.Response.ContentLength < MinCompressedBytes) && base.ShouldCompressResponse(context);

    public override ICompressionProvider? GetCompressionProvider(HttpContext context)
    {
        var provider = base.GetCompressionProvider(context);
        var tag = context.Response.Headers.ETag.ToString();
        if (provider is not null && tag.Length > 0 && !tag.StartsWith(WeakPrefix, StringComparison.Ordinal))
        {
            context.Response.Headers.ETag = WeakPrefix + tag;
        }

        return provider;
    }
}
