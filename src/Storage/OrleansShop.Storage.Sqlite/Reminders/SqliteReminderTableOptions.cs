using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Storage.Sqlite.Reminders;

/// <summary>Where reminders are kept.</summary>
public sealed class SqliteReminderTableOptions
{
    /// <summary>
    /// The file. Required. Relative to the working directory; created with its folder if it does not exist. All silos of a service name the same one, so
    /// they run on one machine. It may be the file of a grain storage.
    /// </summary>
    [Required]
    public string Path { get; set; } = "";
}
