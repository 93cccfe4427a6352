using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OrleansShop.Strangler.Outbox;

/// <summary>Refuses options out of range, all at once, by their configuration keys.</summary>
internal sealed class OutboxOptionsValidator : IValidateOptions<OutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboxOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        var faults = results.Select(static result => $"Outbox:{string.Join(", Outbox:", result.MemberNames)}: {result.ErrorMessage}").ToList();
        Check(nameof(options.NoteDelay), options.NoteDelay, options.NoteDelay >= TimeSpan.Zero && options.NoteDelay <= TimeSpan.FromHours(1), "from zero to an hour");
        Check(nameof(options.RetryDelay), options.RetryDelay, options.RetryDelay > TimeSpan.Zero, "above zero");
        Check(nameof(options.MaxRetryDelay), options.MaxRetryDelay, options.MaxRetryDelay >= options.RetryDelay && options.MaxRetryDelay <= TimeSpan.FromDays(1), $"from Outbox:{nameof(options.RetryDelay)} to a day");
        Check(nameof(options.PublishTimeout), options.PublishTimeout, options.PublishTimeout > TimeSpan.Zero, "above zero");
        Check(nameof(options.CloseTimeout), options.CloseTimeout, options.CloseTimeout >= TimeSpan.Zero && options.CloseTimeout <= TimeSpan.FromMinutes(1), "from zero to a minute");
        Check(nameof(options.SweepPeriod), options.SweepPeriod, options.SweepPeriod > TimeSpan.Zero, "above zero");
        Check(nameof(options.MarkAge), options.MarkAge, options.MarkAge > TimeSpan.Zero, "above zero");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(string option, TimeSpan given, bool isValid, string wanted)
        {
            if (!isValid) faults.Add($"Outbox:{option} (environment: Outbox__{option}) is {given}; it has to be {wanted}.");
        }
    }
}
