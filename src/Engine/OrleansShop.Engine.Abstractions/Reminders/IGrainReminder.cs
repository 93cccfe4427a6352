namespace Orleans.Runtime;

/// <summary>A reminder of a grain, as it was when the grain asked for it.</summary>
public interface IGrainReminder
{
    /// <summary>Its name; unique for its grain.</summary>
    string ReminderName { get; }
}
