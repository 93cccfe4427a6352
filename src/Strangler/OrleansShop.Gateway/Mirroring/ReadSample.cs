using System.Buffers;
using OrleansShop.Gateway.Routing;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Gateway.Mirroring;

/// <summary>A read that is to be compared: what was asked, and what the monolith answers, noted while it passes to the client.</summary>
internal sealed class ReadSample(RouteAction action, HttpRequest request, DateTimeOffset since, int maxBytes)
{
    private static readonly string[] Passed = ["Accept", "Accept-Language", "Authorization", "Host"];

    private readonly ArrayBufferWriter<byte> _body = new();
    private bool _isTooLarge;
    private bool _hasEnded;

    public CapabilityRoute Route { get; } = action.Route;

    public int Capability { get; } = action.Capability;

    /// <summary>Since when the capability is in Shadow.</summary>
    public DateTimeOffset Since { get; } = since;

    /// <summary>Path and query.</summary>
    public string Target { get; } = $"{request.PathBase}{request.Path.ToUriComponent()}{request.QueryString}";

    /// <summary>The client's headers that an answer may depend on.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; } =
        [.. Passed.Where(request.Headers.ContainsKey).Select(name => (name, request.Headers[name].ToString()))];

    public int Status { get; set; }

    /// <summary>Whether the monolith's answer was seen to its end and kept.</summary>
    public bool IsWhole => _hasEnded && !_isTooLarge;

    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    public void Note(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            _hasEnded = true;
        }
        else if (_body.WrittenCount + bytes.Length > maxBytes)
        {
            _isTooLarge = true;
        }
        else if (!_isTooLarge)
        {
            _body.Write(bytes);
        }
    }
}
