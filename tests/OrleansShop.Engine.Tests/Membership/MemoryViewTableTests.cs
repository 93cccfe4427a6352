using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Tests.Membership;

public sealed class MemoryViewTableTests : ViewTableContract
{
    private readonly MemoryViewTable _table = new();

    private protected override IViewTable Open() => _table;
}
