using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.TestingHost;

/// <summary>One silo's way to the membership table of a test cluster. A test can have it hang.</summary>
internal sealed class TableAccess(IViewTable table) : IViewTable
{
    private volatile TaskCompletionSource? _hanging;

    /// <summary>From now on no request is answered, nor reaches the table, until it gives up or <see cref="Resume"/> is called.</summary>
    public void Hang() => _hanging ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets all requests pass again.</summary>
    public void Resume() => Interlocked.Exchange(ref _hanging, null)?.TrySetResult();

    public async Task<MembershipView> Read(CancellationToken cancellationToken)
    {
        await Pass(cancellationToken);
        return await table.Read(cancellationToken);
    }

    public async Task<bool> TryWrite(TableWrite write, CancellationToken cancellationToken)
    {
        await Pass(cancellationToken);
        return await table.TryWrite(write, cancellationToken);
    }

    public async Task<RenewedRow?> Renew(Renewal renewal, CancellationToken cancellationToken)
    {
        await Pass(cancellationToken);
        return await table.Renew(renewal, cancellationToken);
    }

    private Task Pass(CancellationToken cancellationToken) => _hanging?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
}
