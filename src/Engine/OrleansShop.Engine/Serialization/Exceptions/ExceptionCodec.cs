using Orleans.Serialization;

namespace OrleansShop.Engine.Serialization.Exceptions;

/// <summary>
/// Exceptions of any type. Those with a generated codec use it, with this one for the members of <see cref="Exception"/>; all others
/// arrive with type, message, stack trace and inner exceptions, or as an <see cref="UnavailableExceptionFallbackException"/> that
/// names the type, if it is not there or not allowed.
/// </summary>
internal sealed class ExceptionCodec(ExceptionTypes types) : ObjectCodec<Exception>, IExceptionCodec
{
    private const uint MessageField = 1;
    private const uint StackTraceField = 2;
    private const uint InnerField = 3;
    private const uint HResultField = 4;
    private const uint TypeNameField = 5;
    private const uint InnersField = 6;

    public override void WriteField(PayloadWriter writer, uint idDelta, Exception? value)
    {
        if (value is not null && value.GetType() != typeof(Exception) && writer.Codecs.GetForRuntimeType(value.GetType()) is not IExceptionCodec)
        {
            writer.WriteRuntimeTyped(idDelta, value, this);
        }
        else if (writer.BeginObject(idDelta, value))
        {
            WriteFields(writer, value!);
            WriteType(writer, value!);
            writer.WriteEnd();
        }
    }

    public override Exception? ReadField(PayloadReader reader, FieldTag tag) => ReadAs<Exception>(reader, tag);

    /// <summary>Reads an exception where a <typeparamref name="T"/> has to come of it.</summary>
    public T? ReadAs<T>(PayloadReader reader, FieldTag tag)
        where T : Exception
    {
        if (tag.HasType) return reader.ReadRuntimeTyped<T>(tag, this);
        if (!reader.TryBegin<T>(tag, out var existing, out var slot)) return existing;

        var members = ReadMembers(reader, slot);
        var exception = Build(members, typeof(T));
        reader.SetObject(slot, exception);
        return exception as T ?? throw reader.Fault($"a {exception.GetType()} was found where a {typeof(T)} was expected");
    }

    public override Exception? Copy(Exception? value, CopyContext context)
    {
        if (value is null || value.GetType() == typeof(Exception)) return value;

        // What was thrown is not changed by anyone any more; only exceptions that have members of their own with a codec are copied.
        var codec = context.Codecs.GetForRuntimeType(value.GetType());
        return codec is IExceptionCodec ? value : (Exception)codec.CopyUntyped(value, context)!;
    }

    protected override Exception Create() => ExceptionTypes.Create(typeof(Exception), message: null, inner: null);

    public override void WriteFields(PayloadWriter writer, Exception value)
    {
        writer.WriteString(MessageField, MessageOf(value));
        writer.WriteString(StackTraceField - MessageField, value.StackTrace);
        WriteField(writer, InnerField - StackTraceField, value.InnerException);
        writer.WriteInt32(HResultField - InnerField, value.HResult);
    }

    public override void ReadFields(PayloadReader reader, Exception value)
    {
        var members = ReadMembers(reader, slot: 0);
        ExceptionFields.SetMessage(value, members.Message);
        ExceptionFields.SetInner(value, members.Inner);
        ExceptionFields.SetStackTrace(value, members.StackTrace);
        value.HResult = members.HResult;
    }

    public override void CopyFields(Exception from, Exception to, CopyContext context)
    {
        ExceptionFields.SetMessage(to, MessageOf(from));
        ExceptionFields.SetInner(to, Copy(from.InnerException, context));
        ExceptionFields.SetStackTrace(to, from.StackTrace);
        to.HResult = from.HResult;
    }

    private void WriteType(PayloadWriter writer, Exception value)
    {
        var type = value.GetType();
        if (type == typeof(Exception)) return;
        writer.WriteString(TypeNameField - HResultField, value is UnavailableExceptionFallbackException unavailable ? unavailable.ExceptionType : type.FullName);
        if (value is not AggregateException aggregate) return;

        writer.BeginValue(InnersField - TypeNameField);
        uint idDelta = 1;
        foreach (var inner in aggregate.InnerExceptions)
        {
            WriteField(writer, idDelta, inner);
            idDelta = 0;
        }

        writer.WriteEnd();
    }

    private Members ReadMembers(PayloadReader reader, int slot)
    {
        var members = new Members(Message: null, StackTrace: null, Inner: null, HResult: 0, TypeName: null, Inners: null);
        for (uint id = 0; reader.TryReadField(out var tag);)
        {
            switch (id += tag.IdDelta)
            {
                case MessageField: members = members with { Message = reader.ReadString(tag) }; break;
                case StackTraceField: members = members with { StackTrace = reader.ReadString(tag) }; break;
                case InnerField: members = members with { Inner = ReadField(reader, tag) }; break;
                case HResultField: members = members with { HResult = reader.ReadInt32(tag) }; break;
                case TypeNameField: members = members with { TypeName = reader.ReadString(tag) }; break;
                case InnersField: members = members with { Inners = ReadInners(reader, tag) }; break;
                default: reader.Skip(tag); break;
            }
        }

        return members;
    }

    private List<Exception> ReadInners(PayloadReader reader, FieldTag tag)
    {
        var inners = new List<Exception>();
        if (!reader.TryBeginValue(tag)) return inners;
        while (reader.TryReadField(out var inner))
        {
            if (ReadField(reader, inner) is { } exception) inners.Add(exception);
        }

        return inners;
    }

    private Exception Build(Members members, Type expected)
    {
        Exception exception;
        if (members.TypeName is null) exception = ExceptionTypes.Create(expected.IsAbstract ? typeof(Exception) : expected, members.Message, members.Inner);
        else if (members.TypeName == typeof(AggregateException).FullName) exception = new AggregateException(members.Message, members.Inners ?? []);
        else if (types.Find(members.TypeName) is { } type && expected.IsAssignableFrom(type)) exception = ExceptionTypes.Create(type, members.Message, members.Inner);
        else if (expected != typeof(Exception) && !expected.IsAbstract) exception = ExceptionTypes.Create(expected, members.Message, members.Inner);
        else exception = new UnavailableExceptionFallbackException(members.TypeName, members.Message, members.Inner);

        ExceptionFields.SetMessage(exception, members.Message);
        ExceptionFields.SetInner(exception, members.Inner);
        ExceptionFields.SetStackTrace(exception, members.StackTrace);
        exception.HResult = members.HResult;
        return exception;
    }

    /// <summary>
    /// The message that the constructor got, if it got one: some classes add to it in <see cref="Exception.Message"/>, and would do so again.
    /// A class that makes its message up has it sent as it reads.
    /// </summary>
    private static string MessageOf(Exception exception) =>
        ExceptionFields.GetMessage(exception) is { } given && !AddsToMessage(exception) ? given : exception.Message;

    // Their additions come from members that do not travel.
    private static bool AddsToMessage(Exception exception) =>
        exception is ArgumentException or ObjectDisposedException or AggregateException or FileNotFoundException or BadImageFormatException;

    private sealed record Members(string? Message, string? StackTrace, Exception? Inner, int HResult, string? TypeName, List<Exception>? Inners);
}

/// <summary>A codec that serves exceptions because they are exceptions, not because something was generated for them.</summary>
internal interface IExceptionCodec;

/// <summary>Fields declared as a type of exception that has no codec of its own.</summary>
internal sealed class DeclaredExceptionCodec<T> : Codec<T?>, IExceptionCodec
    where T : Exception
{
    private ExceptionCodec _exceptions = null!;

    public override void Resolve(ICodecProvider codecs) => _exceptions = (ExceptionCodec)codecs.GetLevel<Exception>();

    public override void WriteField(PayloadWriter writer, uint idDelta, T? value) => _exceptions.WriteField(writer, idDelta, value);

    public override T? ReadField(PayloadReader reader, FieldTag tag) => _exceptions.ReadAs<T>(reader, tag);

    public override T? Copy(T? value, CopyContext context) => (T?)_exceptions.Copy(value, context);
}
