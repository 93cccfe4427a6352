using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Hosting.Events;
using OrleansShop.Clinic.Http.Time;
using OrleansShop.Clinic.Visits.Reminders;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Visits;

/// <summary>One visit.</summary>
[GrainType("visit")]
internal sealed class VisitGrain(
    [PersistentState("visit", VisitsService.Name)] IPersistentState<EntityState<VisitRecord>> stored, EntityKind<VisitRecord> kind, VisitSchedule schedule, TimeProvider time)
    : MigratableGrain<VisitRecord>(stored, kind), IVisitGrain
{
    public async Task<Visit?> GetAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken))?.ToVisit((long)Id);

    public async Task<Visit?> CreateAsync(int petId, VisitFields fields)
    {
        if (await GrainFactory.GetGrain<IPetGrain>(petId).GetOwnerAsync() is null)
        {
            return null;
        }

        var record = new VisitRecord(fields.Date ?? time.Today(), fields.Description, petId);
        try
        {
            await WriteNewAsync(record, ClinicEvent.Of(new VisitBooked((int)Id, record.PetId, record.Date, record.Description)));
        }
        catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.ForeignKey)
        {
            // The pet was deleted since it was looked up.
            return null;
        }

        return record.ToVisit((long)Id);
    }

    public async Task<bool> UpdateAsync(VisitFields fields)
    {
        if (await ReadAsync() is not { } record)
        {
            return false;
        }

        var changed = record.With(fields);
        await WriteAsync(changed, ClinicEvent.Of(new VisitChanged((int)Id, changed.PetId, changed.Date, changed.Description)));
        return true;
    }

    public async Task<bool> DeleteAsync()
    {
        if (await ReadAsync() is not { } record)
        {
            return false;
        }

        await WriteAsync(null, ClinicEvent.Of(new VisitCancelled((int)Id, record.PetId, record.Date)));
        return true;
    }

    /// <summary>No event tells of a visit that the monolith has booked: its reminder is planned when its grain takes it.</summary>
    protected override async Task TakingAsync(VisitRecord value)
    {
        if (schedule.BeginningOf(value.Date) <= schedule.Now) return;

        // A reminder that is due may be asking for this very visit, and takes no order meanwhile: one that is planned for the date is left alone.
        var reminder = GrainFactory.GetGrain<IVisitReminderGrain>((long)Id);
        var isPlanned = await reminder.GetAsync() is { Stage: VisitReminderStage.Planned or VisitReminderStage.Sending } report && report.Date == value.Date;
        if (!isPlanned) await reminder.PlanAsync(value.ToVisit((long)Id));
    }
}
