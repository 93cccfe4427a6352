using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Activations;

/// <summary>The mark at the head of an inbox that takes nothing any more.</summary>
internal sealed class ClosedInbox : VoidGrainCall
{
    public override GrainMethod Method => throw new NotSupportedException();

    public override void WriteArguments(PayloadWriter writer) => throw new NotSupportedException();

    public override void ReadArguments(PayloadReader reader) => throw new NotSupportedException();

    public override void CopyArguments(CopyContext context) => throw new NotSupportedException();

    protected override ValueTask Invoke(object target) => throw new NotSupportedException();
}
