using System.Text.Json;
using OrleansShop.Strangler.Events;

namespace OrleansShop.Strangler.Outbox;

/// <summary>An event that a grain records with its next write. The outbox adds who, when and which number. Immutable.</summary>
/// <param name="Type">What has happened, such as <c>clinic.visit-booked</c>.</param>
/// <param name="SchemaVersion">The version of the data's form, from 1.</param>
/// <param name="Data">What there is to say, as JSON in UTF-8.</param>
public sealed record NewEvent(string Type, int SchemaVersion, ReadOnlyMemory<byte> Data)
{
    /// <summary>Makes an event whose data is written with <see cref="CloudEventJson.DataOptions"/>.</summary>
    /// <exception cref="NotSupportedException">The data cannot be written as JSON.</exception>
    public static NewEvent Of<T>(string type, int schemaVersion, T data)
        where T : notnull
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentOutOfRangeException.ThrowIfLessThan(schemaVersion, 1);
        return new NewEvent(type, schemaVersion, JsonSerializer.SerializeToUtf8Bytes(data, CloudEventJson.DataOptions));
    }
}
