using System.Text;
using System.Xml;
using System.Xml.Linq;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Storage.Aws.Posting;

namespace OrleansShop.Engine.Sqs.Publishing;

/// <summary>The AWS Query protocol, which SNS speaks: a form goes out, XML comes back.</summary>
internal sealed class QueryProtocol : IWireProtocol
{
    private const string Version = "2010-03-31";

    private static readonly XmlReaderSettings s_reading = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };

    public static QueryProtocol Instance { get; } = new();

    public string ContentType => "application/x-www-form-urlencoded; charset=utf-8";

    public string? OperationHeader(string operation) => null;

    /// <summary>A request.</summary>
    public static ReadOnlyMemory<byte> Write(string operation, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var form = new StringBuilder("Action=").Append(operation).Append("&Version=").Append(Version);
        foreach (var (name, value) in parameters) form.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        return Encoding.ASCII.GetBytes(form.ToString());
    }

    /// <summary>Reads the result in a successful answer.</summary>
    /// <exception cref="InvalidAnswer">It is not what it should be.</exception>
    public static T Read<T>(string operation, ReadOnlyMemory<byte> body, Func<XElement, T> read)
    {
        var root = Parse(body);
        return read(Child(root, $"{operation}Result") ?? throw new InvalidAnswer($"it has no {operation}Result"));
    }

    public ServiceFault ReadFault(PostAnswer answer)
    {
        XElement? error = null;
        try
        {
            error = Child(Parse(answer.Body), "Error");
        }
        catch (InvalidAnswer)
        {
            // Not the service's words, but a proxy's or none at all.
        }

        return ServiceFault.Of(error is null ? $"HTTP {(int)answer.Status}" : Text(error, "Code") ?? "(no code)", error is null ? null : Text(error, "Message"), answer.Status);
    }

    /// <summary>The first child of a name, in whatever namespace; null if there is none.</summary>
    public static XElement? Child(XElement parent, string name) => parent.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    /// <summary>The members of a list that is a child; none if there is no such child.</summary>
    public static IEnumerable<XElement> Members(XElement parent, string name) => Child(parent, name)?.Elements().Where(static element => element.Name.LocalName == "member") ?? [];

    /// <summary>The text of a child; null if there is none, or nothing in it.</summary>
    public static string? Text(XElement parent, string name) => Child(parent, name)?.Value is { Length: > 0 } text ? text : null;

    /// <summary>The text of a child.</summary>
    /// <exception cref="InvalidAnswer">There is none.</exception>
    public static string Required(XElement parent, string name) => Text(parent, name) ?? throw new InvalidAnswer($"it has no {name}");

    private static XElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray(), writable: false), s_reading);
            return XElement.Load(reader);
        }
        catch (XmlException cause)
        {
            throw new InvalidAnswer(cause.Message, cause);
        }
    }
}
