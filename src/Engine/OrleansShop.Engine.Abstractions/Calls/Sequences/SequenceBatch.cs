using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>What one pull brought.</summary>
/// <param name="CursorId">The cursor to pull the next batch from.</param>
/// <param name="Items">The items, in order; empty when none came within the time that a pull waits.</param>
/// <param name="IsLast">Whether the sequence has ended; the cursor is closed then.</param>
internal readonly record struct SequenceBatch<TItem>(long CursorId, IReadOnlyList<TItem> Items, bool IsLast)
{
    /// <summary>The number of items that one pull brings at most, unless the caller says otherwise.</summary>
    public const int DefaultSize = 100;

    // Field ids on the wire, written as deltas: 0 the cursor, 1 whether it is the last, 2 (repeated) the items.
    public void Write(PayloadWriter writer, Codec<TItem> codec)
    {
        writer.WriteInt64(0, CursorId);
        writer.WriteBoolean(1, IsLast);
        uint delta = 1;
        foreach (var item in Items)
        {
            codec.WriteField(writer, delta, item);
            delta = 0;
        }
    }

    public static SequenceBatch<TItem> Read(PayloadReader reader, Codec<TItem> codec)
    {
        long cursor = 0;
        var last = false;
        var items = new List<TItem>();
        uint id = 0;
        while (true)
        {
            if (!reader.TryReadField(out var tag)) return new(cursor, items, last);
            id += tag.IdDelta;
            switch (id)
            {
                case 0: cursor = reader.ReadInt64(tag); break;
                case 1: last = reader.ReadBoolean(tag); break;
                case 2: items.Add(codec.ReadField(reader, tag)); break;
                default: reader.Skip(tag); break;
            }
        }
    }

    public SequenceBatch<TItem> Copy(ICodecProvider codecs)
    {
        var codec = codecs.Get<TItem>();
        if (codec.IsImmutable) return this;
        using var context = CopyContext.Rent(codecs);
        var copies = new TItem[Items.Count];
        for (var i = 0; i < copies.Length; i++) copies[i] = codec.Copy(Items[i], context);
        return this with { Items = copies };
    }
}
