using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Reminders;

/// <summary>A reminder in a grain's hands. The ETag makes it stand for what was registered, and not for what has replaced it.</summary>
[GenerateSerializer]
[Immutable]
internal sealed class Reminder(GrainId grainId, string reminderName, string eTag) : IGrainReminder
{
    [Id(0)]
    public GrainId GrainId { get; } = grainId;

    [Id(1)]
    public string ReminderName { get; } = reminderName;

    [Id(2)]
    public string ETag { get; } = eTag;

    public static Reminder Of(ReminderEntry entry) => new(entry.GrainId, entry.ReminderName, entry.ETag!);

    public override string ToString() => $"reminder \"{ReminderName}\" of {GrainId}";
}
