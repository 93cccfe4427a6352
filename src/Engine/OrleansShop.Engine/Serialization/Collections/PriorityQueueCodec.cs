using OrleansShop.Engine.Serialization.Objects;

namespace OrleansShop.Engine.Serialization.Collections;

/// <summary>Priority queues. Elements and priorities alternate in the order of the heap, so that none has to move when they are added again.</summary>
internal sealed class PriorityQueueCodec<TElement, TPriority> : InstanceCodec<PriorityQueue<TElement, TPriority>>
{
    private ElementCodec<TElement> _elements = null!;
    private ElementCodec<TPriority> _priorities = null!;

    public override void Resolve(ICodecProvider codecs)
    {
        _elements = new ElementCodec<TElement>(codecs);
        _priorities = new ElementCodec<TPriority>(codecs);
    }

    protected override void WriteBody(PayloadWriter writer, PriorityQueue<TElement, TPriority> value)
    {
        ComparerKinds.Write(writer, value.Comparer);
        writer.WriteUInt32(ElementCodec<TElement>.CountField, (uint)value.Count);
        var idDelta = ElementCodec<TElement>.ElementField - ElementCodec<TElement>.CountField;
        foreach (var (element, priority) in value.UnorderedItems)
        {
            _elements.WriteOne(writer, idDelta, element);
            _priorities.WriteOne(writer, idDelta: 0, priority);
            idDelta = 0;
        }
    }

    protected override PriorityQueue<TElement, TPriority> ReadBody(PayloadReader reader, int slot)
    {
        PriorityQueue<TElement, TPriority>? queue = null;
        var comparer = ComparerKind.Default;
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case ComparerKinds.Field when queue is null:
                    comparer = (ComparerKind)reader.ReadByte(tag);
                    break;
                case ElementCodec<TElement>.CountField when queue is null:
                    var capacity = ElementCodec<(TElement, TPriority)>.Presize(reader.ReadCount(tag));
                    reader.SetObject(slot, queue = new(capacity, ComparerKinds.Order<TPriority>(comparer)));
                    break;
                case ElementCodec<TElement>.ElementField when queue is not null:
                    Enqueue(reader, tag, queue);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return queue ?? new(ComparerKinds.Order<TPriority>(comparer));
    }

    protected override PriorityQueue<TElement, TPriority> CopyBody(PriorityQueue<TElement, TPriority> value, CopyContext context)
    {
        var copy = new PriorityQueue<TElement, TPriority>(value.Count, value.Comparer);
        context.Record(value, copy);
        foreach (var (element, priority) in value.UnorderedItems) copy.Enqueue(_elements.Copy(element, context), _priorities.Copy(priority, context));
        return copy;
    }

    private void Enqueue(PayloadReader reader, FieldTag tag, PriorityQueue<TElement, TPriority> queue)
    {
        var element = _elements.ReadOne(reader, tag);
        var priorityTag = reader.ReadTag();
        if (priorityTag.IdDelta != 0) throw reader.Fault("an element of a priority queue has no priority");
        var priority = _priorities.ReadOne(reader, priorityTag);
        try
        {
            queue.Enqueue(element, priority);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            throw new PayloadException(reader.Position, $"an element cannot be added to a {queue.GetType()}. {fault.Message}", fault);
        }
    }
}
