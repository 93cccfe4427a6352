using Orleans.Streams;
using Orleans.Streams.Core;
using OrleansShop.Clinic.Contracts.Events;
using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Visits.Reminders.Mail;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Events;

namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>Has a mail sent some time before a visit: once, however often its events come and however often the process is lost.</summary>
/// <remarks>
/// <code>
///  event of the visit                          the engine's reminder, when the mail is due
///  ──────────────────                          ───────────────────────────────────────────
///  1 pass over what came before                5 ask the visit, its pet and its owner: what is true now?
///  2 what does it ask for?                     6 store "sending"
///  3 set the engine's reminder                 7 hand the mail over
///  4 store plan and place of the event         8 store "sent"
///                                              9 end the engine's reminder
/// </code>
/// 3 comes before 4, and 8 before 9: a crash between them leaves a reminder of the engine too many, which finds nothing to do and ends itself, and never one too few. A crash between 4 and the acknowledgement of the
/// event is what 1 is for. After a crash between 6 and 8 nobody knows whether the mail is on its way: it is handed over again under the same Message-ID.
/// Events say when to look; what is true is asked at 5, so that a visit that was changed where no events are made is reminded rightly too.
/// </remarks>
[GrainType("visit-reminder")]
[ImplicitStreamSubscription(ClinicStreams.Visits)]
internal sealed partial class VisitReminderGrain(
    [PersistentState("reminder", VisitsService.Name)] IPersistentState<VisitReminderState> stored,
    VisitReminderOptions options,
    VisitSchedule schedule,
    IMailDelivery delivery,
    VisitReminderMetrics metrics,
    ILogger<VisitReminderGrain> logger) : Grain, IVisitReminderGrain, IStreamSubscriptionObserver, IAsyncObserver<CloudEvent>, IRemindable
{
    private const string ReminderName = "visit";

    /// <summary>When the engine calls again if a call was lost with its silo.</summary>
    private static readonly TimeSpan Repetition = TimeSpan.FromMinutes(5);

    private long Id => this.GetPrimaryKeyLong();

    private VisitReminderState State => stored.State;

    private DateTimeOffset Now => schedule.Now;

    /// <inheritdoc />
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<CloudEvent>().ResumeAsync(this);

    /// <inheritdoc />
    public async Task OnNextAsync(CloudEvent item, StreamSequenceToken? token = null)
    {
        if (item.Sequence <= State.LastSequence) // 1
        {
            metrics.Repeated();
            return;
        }

        var handled = State with { LastSequence = item.Sequence ?? State.LastSequence };
        if (VisitEvent.Read(item, Id) is not { } visit) // 2
        {
            // Of a type that this version does not know, and needs not know.
            await StoreAsync(handled);
        }
        else if (visit.IsCancelled)
        {
            await CancelAsync(handled, "The visit was cancelled.");
        }
        else
        {
            await PlanAsync(handled, visit.Date, visit.PetId);
        }
    }

    /// <inheritdoc />
    public Task OnCompletedAsync() => Task.CompletedTask;

    /// <inheritdoc />
    public Task OnErrorAsync(Exception ex) => Task.CompletedTask; // The provider has logged it and keeps the event.

    /// <inheritdoc />
    public Task PlanAsync(Visit visit) => PlanAsync(State, visit.Date, visit.PetId);

    /// <inheritdoc />
    public Task<VisitReminderReport?> GetAsync() => Task.FromResult(State.Stage == VisitReminderStage.None
        ? null
        : new VisitReminderReport((int)Id, State.Stage, State.Since, State.Date, schedule.DueBefore(schedule.BeginningOf(State.Date)), State.Attempts, State.Reason));

    /// <inheritdoc />
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (!State.IsOpen)
        {
            await EndReminderAsync();
            return;
        }

        Answers answers;
        try
        {
            answers = await AskAsync(); // 5
        }
        catch (Exception failure) when (failure is BridgeUnavailableException or TimeoutException or OrleansException)
        {
            await AskAgainAsync(failure);
            return;
        }

        if (answers.Visit is not { } visit) await CancelAsync(State, "The visit is gone.");
        else if (visit.Date != State.Date) await PlanAsync(State, visit.Date, visit.PetId);
        else if (!await IsTimeAsync()) return;
        else if (answers.Pet is not { } pet) await CancelAsync(State, "The pet is gone.");
        else if (answers.Owner is not { } owner) await CancelAsync(State, "The owner is gone.");
        else await SendAsync(visit, pet, owner);
    }

    private async Task PlanAsync(VisitReminderState handled, DateOnly date, int petId)
    {
        var beginning = schedule.BeginningOf(date);
        if (handled.Covers(date))
        {
            if (handled != State) await StoreAsync(handled);
        }
        else if (beginning <= Now)
        {
            if (handled.IsOpen) metrics.Ended(VisitReminderStage.Cancelled);
            await StoreAsync(handled.Reached(VisitReminderStage.Past, Now) with { Date = date, PetId = petId });
            await EndReminderAsync();
        }
        else
        {
            var due = schedule.DueBefore(beginning);
            await RemindAtAsync(due); // 3
            await StoreAsync(handled.Planned(date, petId, Now)); // 4
            metrics.Planned();
            LogPlanned(logger, Id, date, due);
        }
    }

    /// <summary>Asks for what the mail is about, each wherever it lives.</summary>
    private async Task<Answers> AskAsync()
    {
        var visit = await GrainFactory.GetGrain<IVisitGrain>(Id).GetAsync();
        var pet = visit is null ? null : await GrainFactory.GetGrain<IPetGrain>(visit.PetId).GetAsync();
        var owner = pet is null ? null : await GrainFactory.GetGrain<IOwnerGrain>(pet.OwnerId).GetAsync();
        return new Answers(visit, pet, owner);
    }

    /// <summary>Whether the mail is due and the visit has not begun.</summary>
    private async Task<bool> IsTimeAsync()
    {
        var beginning = schedule.BeginningOf(State.Date);
        if (beginning <= Now)
        {
            await MissAsync(State.Reason ?? "The silos were not there in time.");
            return false;
        }

        if (schedule.DueBefore(beginning) is var due && due > Now)
        {
            // The lead time was shortened since it was planned.
            await RemindAtAsync(due);
            return false;
        }

        if (options.Enabled) return true;
        await MissAsync("VisitReminders:Enabled was false when it was due.");
        return false;
    }

    private async Task SendAsync(Visit visit, Pet pet, Owner owner)
    {
        if (State.Stage == VisitReminderStage.Sending) LogCutOff(logger, Id, State.Attempts);
        await StoreAsync(State.Attempted(Now)); // 6
        var mail = ReminderLetter.Write(options, visit, State.Plan, pet, owner);
        var outcome = await delivery.DeliverAsync(mail, CancellationToken.None); // 7
        switch (outcome.Verdict)
        {
            case MailVerdict.Taken:
                await EndAsync(VisitReminderStage.Sent, reason: null); // 8, 9
                metrics.Sent(Now - schedule.DueBefore(schedule.BeginningOf(State.Date)));
                LogSent(logger, Id, mail.Name, State.Attempts);
                break;
            case MailVerdict.Never:
                await EndAsync(VisitReminderStage.Refused, outcome.Reason);
                LogRefused(logger, Id, outcome.Reason!);
                break;
            default:
                var delay = await RetryAsync();
                await StoreAsync(State.Reached(VisitReminderStage.Planned, Now, outcome.Reason));
                metrics.Retried("mail");
                LogRetry(logger, Id, State.Attempts, delay, outcome.Reason!);
                break;
        }
    }

    private async Task AskAgainAsync(Exception failure)
    {
        if (schedule.BeginningOf(State.Date) <= Now)
        {
            await MissAsync($"The visit could not be asked for: {failure.Message}");
            return;
        }

        var delay = await RetryAsync();
        metrics.Retried("asking");
        LogNotAsked(logger, Id, delay, failure);
    }

    private async Task MissAsync(string reason)
    {
        await EndAsync(VisitReminderStage.Missed, reason);
        LogMissed(logger, Id, reason);
    }

    private async Task CancelAsync(VisitReminderState handled, string reason)
    {
        var wasOpen = handled.IsOpen;
        await StoreAsync(handled.Reached(VisitReminderStage.Cancelled, Now, reason));
        await EndReminderAsync();
        if (!wasOpen) return;
        metrics.Ended(VisitReminderStage.Cancelled);
        LogCancelled(logger, Id, reason);
    }

    private async Task EndAsync(VisitReminderStage stage, string? reason)
    {
        await StoreAsync(State.Reached(stage, Now, reason)); // 8
        metrics.Ended(stage);
        await EndReminderAsync(); // 9
    }

    private Task RemindAtAsync(DateTimeOffset due) => RemindAfterAsync(due - Now);

    private async Task RemindAfterAsync(TimeSpan delay) => await this.RegisterOrUpdateReminder(ReminderName, delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Repetition);

    /// <summary>Has the engine call again after a pause, or when the visit begins, so that what is missed is noted.</summary>
    private async Task<TimeSpan> RetryAsync()
    {
        var (pause, left) = (schedule.RetryAfter(Math.Max(State.Attempts, 1)), schedule.BeginningOf(State.Date) - Now);
        var delay = pause < left ? pause : left;
        await RemindAfterAsync(delay);
        return delay;
    }

    private async Task EndReminderAsync()
    {
        if (await this.GetReminder(ReminderName) is { } reminder) await this.UnregisterReminder(reminder);
    }

    private async Task StoreAsync(VisitReminderState next)
    {
        var before = State;
        stored.State = next;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // Whether it was stored is unknown: the next activation reads what is true.
            stored.State = before;
            DeactivateOnIdle();
            throw;
        }
    }

    private sealed record Answers(Visit? Visit, Pet? Pet, Owner? Owner);
}
