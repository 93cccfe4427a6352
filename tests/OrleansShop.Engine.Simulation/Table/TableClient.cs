using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Simulation.Processes;

namespace OrleansShop.Engine.Simulation.Table;

/// <summary>One process's way to the membership table.</summary>
internal sealed class TableClient(SimulatedTable table, SimulatedProcess process) : IViewTable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public Task<MembershipView> Read(CancellationToken cancellationToken) => Ask(() => table.Content, isRead: true, cancellationToken);

    public Task<bool> TryWrite(TableWrite write, CancellationToken cancellationToken) => Ask(() => table.Write(write), isRead: false, cancellationToken);

    public Task<RenewedRow?> Renew(Renewal renewal, CancellationToken cancellationToken) => Ask(() => table.Renew(renewal), isRead: false, cancellationToken);

    private async Task<T> Ask<T>(Func<T> request, bool isRead, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        table.Requests++;
        var answered = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Emit(() => Send(request, isRead, answered));
        return await answered.Task.WaitAsync(cancellationToken);
    }

    private void Send<T>(Func<T> request, bool isRead, TaskCompletionSource<T> answered)
    {
        var random = process.Random;
        var mood = table.Mood;
        var fate = random.Next(1000);
        table.Time.After(mood.Draw(random), () =>
        {
            mood = table.Mood;
            if (mood.IsHanging)
            {
                Fail(answered, s_patience * (1 + random.NextDouble()));
            }
            else if (mood.IsAway)
            {
                Fail(answered, mood.Draw(random));
            }
            else if (fate < mood.LostShare)
            {
                request();
                Repeat(request, answered, fate);
            }
            else if (!isRead && fate < mood.LostShare + mood.LateShare)
            {
                table.Time.After(s_patience * 2 * random.NextDouble(), () => request());
                Fail(answered, mood.Draw(random));
            }
            else
            {
                var answer = request();
                table.Time.After(mood.Draw(random), () => process.Receive(() => answered.TrySetResult(answer)));
            }
        });
    }

    // Whoever talks to the table asks again, or gives up.
    private void Repeat<T>(Func<T> request, TaskCompletionSource<T> answered, int fate)
    {
        if (fate % 2 == 0)
        {
            Fail(answered, s_patience * process.Random.NextDouble());
            return;
        }

        table.Time.After(s_patience * process.Random.NextDouble(), () =>
        {
            var answer = request();
            table.Time.After(table.Mood.Draw(process.Random), () => process.Receive(() => answered.TrySetResult(answer)));
        });
    }

    private void Fail<T>(TaskCompletionSource<T> answered, TimeSpan after) =>
        table.Time.After(after, () => process.Receive(() => answered.TrySetException(new IOException("The membership table does not answer."))));
}
