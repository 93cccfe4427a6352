using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansShop.Engine.Sqs.Connecting;
using OrleansShop.Engine.Sqs.Queues;
using OrleansShop.Engine.Sqs.Streams.Queues;

namespace OrleansShop.Engine.Sqs.Streams.Hosting;

/// <summary>Checks the options of a provider before its host starts, and lists every fault.</summary>
internal sealed class SqsStreamValidator(IServiceProvider services, string name) : IConfigurationValidator
{
    private static readonly TimeSpan s_shortestRetention = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longestRetention = TimeSpan.FromDays(14);

    public void ValidateConfiguration()
    {
        List<string> faults = [];
        var sqs = Options<SqsOptions>();
        var more = Options<SqsStreamOptions>();
        CheckRanges(sqs, faults);
        CheckRanges(more, faults);
        var client = new SqsClientOptions();
        if (SqsConnectionString.Read(sqs.ConnectionString, client) is { } wrong)
            faults.Add($"{nameof(SqsOptions)}.{nameof(sqs.ConnectionString)} {wrong}");
        else
            faults.AddRange(ServiceConnection.Faults(client).Select(static fault => $"{nameof(SqsOptions)}.{nameof(SqsOptions.ConnectionString)}: its {fault.Option} {fault.Fault}"));

        CheckRetention(nameof(more.Retention), more.Retention, faults);
        CheckRetention(nameof(more.DeadLetterRetention), more.DeadLetterRetention, faults);
        if (more.DeadLetterRetention < more.Retention)
        {
            faults.Add($"{nameof(SqsStreamOptions)}.{nameof(more.DeadLetterRetention)} is {more.DeadLetterRetention}; it must not be less than {nameof(more.Retention)}, which is {more.Retention}: "
                + "a standard queue counts the age of a dead letter from when it was sent first");
        }

        CheckNames(sqs, more, faults);
        if (faults.Count > 0) throw new OrleansConfigurationException($"The configuration of the stream provider \"{name}\" over SQS is invalid:{string.Concat(faults.Select(static fault => $"{Environment.NewLine}  {fault}."))}");
    }

    private static void CheckRanges(object options, List<string> faults)
    {
        var results = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true)) return;
        foreach (var result in results)
        {
            var member = result.MemberNames.First();
            faults.Add($"{options.GetType().Name}.{member} is {options.GetType().GetProperty(member)!.GetValue(options) ?? "null"}: {result.ErrorMessage!.TrimEnd('.')}");
        }
    }

    private static void CheckRetention(string option, TimeSpan given, List<string> faults)
    {
        if (given < s_shortestRetention || given > s_longestRetention)
            faults.Add($"{nameof(SqsStreamOptions)}.{option} is {given}; it must be between {s_shortestRetention} and {s_longestRetention}");
    }

    // The last queue has the longest name.
    private void CheckNames(SqsOptions sqs, SqsStreamOptions more, List<string> faults)
    {
        var service = services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId;
        var count = Options<HashRingStreamQueueMapperOptions>().TotalQueueCount;
        var last = StreamQueueNames.Of(service, name, (uint)Math.Max(0, count - 1), sqs.FifoQueue);
        var dead = StreamQueueNames.OfDeadLetters(last, more.DeadLetterSuffix ?? "");
        if (!QueueName.IsValid(last) || !QueueName.IsValid(dead))
        {
            faults.Add($"The queues would be named as \"{last}\" and \"{dead}\", of {nameof(ClusterOptions)}.{nameof(ClusterOptions.ServiceId)} and the provider's name; SQS takes 80 letters, digits, hyphens and underscores, "
                + "with .fifo at the end of FIFO queues");
        }
        else if (last == dead)
        {
            faults.Add($"{nameof(SqsStreamOptions)}.{nameof(more.DeadLetterSuffix)} is empty: a queue would be its own dead-letter queue");
        }
    }

    private TOptions Options<TOptions>() => services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
}
