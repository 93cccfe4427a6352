using System.Net;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.ServiceDefaults.Limits;

namespace OrleansShop.Gateway.Mirroring;

/// <summary>Lets an answer pass to the client as ever, and notes it on the way.</summary>
internal sealed class MirroringTransform(ForwardedHeaders forwardedHeaders, ReadSample sample) : BackendTransform(forwardedHeaders)
{
    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (!await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken) || proxyResponse is null)
        {
            return false;
        }

        sample.Status = httpContext.Response.StatusCode;
        proxyResponse.Content = new NotedContent(proxyResponse.Content, sample);
        return true;
    }

    private sealed class NotedContent(HttpContent content, ReadSample sample) : HttpContent
    {
        protected override async Task<Stream> CreateContentReadStreamAsync() => new NotedStream(await content.ReadAsStreamAsync(), sample);

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
            new NotedStream(await content.ReadAsStreamAsync(cancellationToken), sample);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => content.CopyToAsync(stream, context);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) content.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class NotedStream(Stream inner, ReadSample sample) : ForwardOnlyStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (!buffer.IsEmpty) sample.Note(buffer.Span[..read]);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
