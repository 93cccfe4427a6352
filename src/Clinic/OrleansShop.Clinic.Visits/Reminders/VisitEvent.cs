using OrleansShop.Clinic.Contracts.Events;
using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Strangler.Events;

namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>What an event says of its visit, as far as reminders are concerned. Immutable.</summary>
internal readonly record struct VisitEvent(DateOnly Date, int PetId, bool IsCancelled)
{
    /// <summary>Reads an event; null if it is of another type.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="visit">The visit whose stream it came on.</param>
    /// <exception cref="FormatException">Its data cannot be read, is of a version that is not known here, or is about another visit. It comes again then, and ends among the dead letters.</exception>
    public static VisitEvent? Read(CloudEvent happened, long visit)
    {
        if (happened.Type == VisitBooked.Type && DataOf<VisitBooked>(happened) is var booked) return Of(happened, visit, booked.VisitId, new VisitEvent(booked.Date, booked.PetId, IsCancelled: false));
        if (happened.Type == VisitChanged.Type && DataOf<VisitChanged>(happened) is var changed) return Of(happened, visit, changed.VisitId, new VisitEvent(changed.Date, changed.PetId, IsCancelled: false));
        if (happened.Type == VisitCancelled.Type && DataOf<VisitCancelled>(happened) is var cancelled) return Of(happened, visit, cancelled.VisitId, new VisitEvent(cancelled.Date, cancelled.PetId, IsCancelled: true));
        return null;
    }

    private static T DataOf<T>(CloudEvent happened)
        where T : IClinicEvent => happened.SchemaVersion is null || happened.SchemaVersion == T.SchemaVersion
            ? happened.Read<T>()
            : throw new FormatException($"The event {happened.Id} of {happened.Source} has schema version {happened.SchemaVersion} of {T.Type}; this service reads version {T.SchemaVersion}.");

    private static VisitEvent Of(CloudEvent happened, long stream, int visit, VisitEvent said) =>
        visit == stream ? said : throw new FormatException($"The event {happened.Id} of {happened.Source} is about visit {visit} and came on the stream of visit {stream}.");
}
