namespace OrleansShop.Strangler.Events;

/// <summary>An event on its way between silos: its JSON form, which stays readable when classes change.</summary>
[GenerateSerializer]
[Alias("OrleansShop.Strangler.CloudEventSurrogate")]
internal struct CloudEventSurrogate
{
    [Id(0)]
    public byte[] Json;
}

/// <summary>Turns events into surrogates and back; what comes back is checked like any event from outside.</summary>
[RegisterConverter]
internal sealed class CloudEventConverter : IConverter<CloudEvent, CloudEventSurrogate>
{
    public CloudEvent ConvertFromSurrogate(in CloudEventSurrogate surrogate) => CloudEventJson.Read(surrogate.Json);

    public CloudEventSurrogate ConvertToSurrogate(in CloudEvent value) => new() { Json = CloudEventJson.Write(value) };
}
