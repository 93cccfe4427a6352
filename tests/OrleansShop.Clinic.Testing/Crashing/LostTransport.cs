using OrleansShop.Strangler.Events;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Clinic.Testing.Crashing;

internal sealed class LostTransport(IEventTransport transport, CrashPoint crash) : IEventTransport
{
    public Task PublishAsync(StreamId stream, CloudEvent happened) =>
        crash.RunAsync(WriteStep.BeforePublish, WriteStep.AfterPublish, () => transport.PublishAsync(stream, happened));
}
