using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Strangler.Outbox;

/// <summary>
/// Looks for marks that have grown old, and has their grains publish: those whose silo was lost, and those that went idle while the queue was away. Runs in every process of a service: what several find is asked for several times, and done
/// once.
/// </summary>
/// <remarks>Added to a process after its silo, so that it stops before the silo does.</remarks>
public sealed partial class OutboxSweeper(IEnumerable<SweptOutboxes> services, EventPublishing publishing, ILogger<OutboxSweeper> logger) : BackgroundService
{
    /// <summary>How many marks of a kind are taken at a time, the oldest first; the others are next.</summary>
    private const int MarksPerSweep = 1000;

    /// <summary>How many grains are asked at a time. They answer before they publish.</summary>
    private const int Parallelism = 16;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(publishing.Spread(publishing.Options.SweepPeriod), publishing.Time, stoppingToken);
                foreach (var service in services)
                {
                    foreach (var kind in service.Content.Kinds) await SweepAsync(service, kind, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task SweepAsync(SweptOutboxes service, string kind, CancellationToken cancellationToken)
    {
        try
        {
            var old = await service.Marks.FindOldMarksAsync(kind, publishing.Options.MarkAge, MarksPerSweep, cancellationToken);
            if (old.IsEmpty) return;

            LogSweeping(old.Length, kind, publishing.Options.MarkAge);
            publishing.Metrics.Swept(old.Length);
            await Parallel.ForEachAsync(old, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken }, async (id, _) => await AskAsync(service, kind, id));
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the next sweep tries again; nobody else would.
            LogSweepFailed(service.Service, kind, failure);
        }
    }

    private async Task AskAsync(SweptOutboxes service, string kind, EntityId id)
    {
        try
        {
            await service.Content.GrainOf(kind, id).PublishEventsAsync();
        }
        catch (Exception failure)
        {
            // One that cannot settle now keeps none of the others waiting.
            LogNotAsked(kind, id, failure);
        }
    }

    [LoggerMessage(5103, LogLevel.Information, "{Count} outboxes of kind {Kind} have marks older than {Age}: their grains are asked to publish.")]
    private partial void LogSweeping(int count, string kind, TimeSpan age);

    [LoggerMessage(5104, LogLevel.Warning, "The outboxes of {Service}, kind {Kind}, could not be swept; it is tried again.")]
    private partial void LogSweepFailed(string service, string kind, Exception failure);

    [LoggerMessage(5105, LogLevel.Warning, "{Kind} {Id} could not be asked to publish its events; it is tried again.")]
    private partial void LogNotAsked(string kind, EntityId id, Exception failure);
}
