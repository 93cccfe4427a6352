using OrleansShop.Clinic.Contracts.Events;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Clinic.Hosting.Events;

/// <summary>Makes events of the clinic for outboxes.</summary>
internal static class ClinicEvent
{
    /// <summary>The event with this data, under the type and the schema version of its contract.</summary>
    public static NewEvent Of<T>(T data)
        where T : IClinicEvent => NewEvent.Of(T.Type, T.SchemaVersion, data);
}
