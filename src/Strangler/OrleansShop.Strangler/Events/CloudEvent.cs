using System.Text.Json;

namespace OrleansShop.Strangler.Events;

/// <summary>
/// An event on its way, with the attributes of CloudEvents 1.0. <see cref="Source"/> and <see cref="Id"/> name it: who gets the same two again has had the event before.
/// Between silos, and in every queue, it is its JSON form, see <see cref="CloudEventJson"/>. Immutable.
/// </summary>
public sealed record CloudEvent
{
    /// <summary>What the event is called, once for ever: the same event has the same id each time that it is delivered. 1 to 256 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Whose event it is, as a URI reference such as <c>/visits/visit/17</c>. Events of one source are numbered by <see cref="Sequence"/>.</summary>
    public required string Source { get; init; }

    /// <summary>What has happened, such as <c>clinic.visit-booked</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it has happened to, such as the id of a visit; null if the source says all.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened, in UTC, by the clock of the silo; null if the source does not say.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Where the form of the data is described, an absolute URI; null if the source does not say.</summary>
    public string? DataSchema { get; init; }

    /// <summary>The version of the data's form, from 1; it changes only when readers of the version before could not read it. Null if the source does not say.</summary>
    public int? SchemaVersion { get; init; }

    /// <summary>The place among the events of the source, from 1 and without gaps; null if the source does not number its events.</summary>
    public long? Sequence { get; init; }

    /// <summary>The W3C trace context in which it happened; null if there was none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>What vendors have added to the trace context; null if they did not.</summary>
    public string? TraceState { get; init; }

    /// <summary>What there is to say, as JSON in UTF-8; empty if there is nothing.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Reads the data. Members that <typeparamref name="T"/> does not have are passed over.</summary>
    /// <typeparam name="T">What the type and the schema version say.</typeparam>
    /// <exception cref="FormatException">There is no data, or it is not that of a <typeparamref name="T"/>.</exception>
    public T Read<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Data.Span, CloudEventJson.DataOptions) ?? throw new JsonException("It is null.");
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"The data of event {Id} of {Source} (type {Type}, schema version {SchemaVersion?.ToString() ?? "unknown"}) is no {typeof(T).Name}: {wrong.Message}", wrong);
        }
    }

    /// <summary>Names the event, without what it says.</summary>
    public override string ToString() => $"{Type} {Id}";
}
