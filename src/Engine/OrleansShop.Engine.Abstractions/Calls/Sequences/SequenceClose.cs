using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>Closes a cursor before its end, so that the grain's <c>finally</c> blocks run now and not when it is collected.</summary>
internal sealed class SequenceClose : VoidGrainCall
{
    public SequenceClose() => Flags = CallFlags.System | CallFlags.ForRunner;

    public long CursorId { get; set; }

    public override GrainMethod Method => ISequenceExtension.Close;

    public override void WriteArguments(PayloadWriter writer) => writer.WriteInt64(0, CursorId);

    public override void ReadArguments(PayloadReader reader)
    {
        uint id = 0;
        while (true)
        {
            if (!reader.TryReadField(out var tag)) return;
            id += tag.IdDelta;
            if (id == 0) CursorId = reader.ReadInt64(tag);
            else reader.Skip(tag);
        }
    }

    public override void CopyArguments(CopyContext context)
    {
    }

    protected override ValueTask Invoke(object target) => ((ICallRunner)target).Sequences.CloseAsync(CursorId);
}
