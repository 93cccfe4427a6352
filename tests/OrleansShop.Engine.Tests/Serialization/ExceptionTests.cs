using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

[GenerateSerializer]
public sealed class OwnerMissingException : Exception
{
    public OwnerMissingException(int owner)
        : base($"owner {owner} is missing") => Owner = owner;

    [Id(0)] public int Owner { get; }
}

// Without a codec of its own, and with a constructor that nobody can guess.
public sealed class UnmarkedException(int code, string text) : Exception(text)
{
    public int Code { get; } = code;
}

public sealed class ExceptionTests
{
    [Fact]
    public void An_exception_of_the_framework_comes_back_with_type_message_stack_trace_and_inner()
    {
        var read = Serialization.RoundTrip<Exception>(Thrown(new InvalidOperationException("outer", new TimeoutException("inner"))))!;

        Assert.IsType<InvalidOperationException>(read);
        Assert.Equal("outer", read.Message);
        Assert.Contains(nameof(Thrown), read.StackTrace);
        Assert.Equal("inner", Assert.IsType<TimeoutException>(read.InnerException).Message);
    }

    [Fact]
    public void The_stack_trace_from_elsewhere_is_still_there_after_it_is_thrown_again()
    {
        var read = Serialization.RoundTrip<Exception>(Thrown(new InvalidOperationException("x")))!;

        var again = Assert.ThrowsAny<Exception>(() => System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(read));
        Assert.Contains(nameof(Thrown), again.StackTrace);
    }

    [Fact]
    public void Messages_that_a_class_composes_read_the_same()
    {
        Exception[] composed =
        [
            new ArgumentNullException("name"), new ArgumentOutOfRangeException("n", 3, "too large"), new ObjectDisposedException("thing"),
            new KeyNotFoundException("k"),
        ];
        foreach (var exception in composed)
        {
            var read = Serialization.RoundTrip(exception)!;

            Assert.Equal(exception.GetType(), read.GetType());
            Assert.Equal(exception.Message, read.Message);
        }
    }

    [Fact]
    public void An_aggregate_keeps_all_its_exceptions()
    {
        var aggregate = new AggregateException("several", new IOException("a"), new TimeoutException("b"));
        var read = Assert.IsType<AggregateException>(Serialization.RoundTrip<Exception>(aggregate));

        Assert.Equal(["a", "b"], read.InnerExceptions.Select(each => each.Message));
    }

    [Fact]
    public void An_exception_with_a_codec_keeps_its_members()
    {
        var read = Assert.IsType<OwnerMissingException>(Serialization.RoundTrip<Exception>(Thrown(new OwnerMissingException(7))));

        Assert.Equal((7, "owner 7 is missing"), (read.Owner, read.Message));
        Assert.Contains(nameof(Thrown), read.StackTrace);
    }

    [Fact]
    public void An_exception_of_the_application_without_a_codec_keeps_its_type()
    {
        var read = Assert.IsType<UnmarkedException>(Serialization.RoundTrip<Exception>(new UnmarkedException(3, "text")));

        Assert.Equal("text", read.Message);
    }

    [Fact]
    public void A_type_that_is_not_allowed_arrives_under_its_name()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        var bytes = serializer.SerializeToArray<Exception>(new InvalidOperationException("text"));
        var at = bytes.AsSpan().IndexOf("System.Inv"u8);
        "Foreign"u8.CopyTo(bytes.AsSpan(at));

        var read = Assert.IsType<UnavailableExceptionFallbackException>(serializer.Deserialize<Exception>(bytes));
        Assert.Equal("text", read.Message);
        Assert.StartsWith("Foreign", read.ExceptionType, StringComparison.Ordinal);

        // And keeps it on the next hop.
        var again = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(read));
        Assert.Equal(read.ExceptionType, Assert.IsType<UnavailableExceptionFallbackException>(again).ExceptionType);
    }

    [Fact]
    public void A_type_that_is_no_exception_is_not_created_under_the_name_of_one()
    {
        using var services = Serialization.Start();
        var serializer = services.GetRequiredService<Serializer>();
        var bytes = serializer.SerializeToArray<Exception>(new BadImageFormatException("text"));
        var at = bytes.AsSpan().IndexOf("System.BadImageFormatException"u8);
        "System.Diagnostics.ProcessInfo"u8.CopyTo(bytes.AsSpan(at));

        Assert.IsType<UnavailableExceptionFallbackException>(serializer.Deserialize<Exception>(bytes));
    }

    [Fact]
    public void An_exception_is_a_member_like_any_other()
    {
        var read = Serialization.RoundTrip(new Pair<TimeoutException, object> { First = new TimeoutException("a"), Second = new OwnerMissingException(1) })!;

        Assert.Equal("a", read.First.Message);
        Assert.Equal(1, Assert.IsType<OwnerMissingException>(read.Second).Owner);
    }

    [Fact]
    public void The_exceptions_of_the_programming_model_keep_their_members()
    {
        var read = Assert.IsType<InconsistentStateException>(Serialization.RoundTrip<Exception>(new InconsistentStateException("text", "stored", "current")));

        Assert.Equal(("stored", "current"), (read.StoredEtag, read.CurrentEtag));
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught) when (ReferenceEquals(caught, exception))
        {
            return caught;
        }
    }
}
