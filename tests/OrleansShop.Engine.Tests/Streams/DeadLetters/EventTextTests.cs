using System.Text.Json;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using OrleansShop.Engine.Streams.DeadLetters;
using Xunit;

namespace OrleansShop.Engine.Tests.Streams.DeadLetters;

/// <summary>What operators see of an event.</summary>
public sealed class EventTextTests
{
    private static readonly byte[] s_bytes = [1, 2, 3];

    [Fact]
    public void Events_that_can_be_read_are_json()
    {
        var payload = EventText.Of(new Message("Zoë", 42, new { Pet = new { Name = "Rex" } }), s_bytes);

        Assert.Equal((true, null), (payload.IsJson, payload.Problem));
        using var json = JsonDocument.Parse(payload.Text);
        Assert.Equal("Zoë", json.RootElement[0].GetString());
        Assert.Equal(42, json.RootElement[1].GetInt32());
        Assert.Equal("Rex", json.RootElement[2].GetProperty("pet").GetProperty("name").GetString());
    }

    [Fact]
    public void What_cannot_be_read_is_shown_as_its_bytes_with_the_reason()
    {
        var payload = EventText.Of(new Message(new Unreadable()), s_bytes);

        Assert.Equal((Convert.ToBase64String(s_bytes), false), (payload.Text, payload.IsJson));
        Assert.Contains("not today", payload.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_is_cut_and_said_to_be()
    {
        var payload = EventText.Of(new Message(new string('a', DeadLetterPayload.MaxTextChars)), s_bytes);
        Assert.Equal((DeadLetterPayload.MaxTextChars, false), (payload.Text.Length, payload.IsJson));
        Assert.NotNull(payload.Problem);

        payload = EventText.Of(new Message(new Unreadable()), new byte[100_000]);
        Assert.Equal((DeadLetterPayload.MaxTextChars, false), (payload.Text.Length, payload.IsJson));
        Assert.Contains("100000", payload.Problem, StringComparison.Ordinal);
        Assert.Equal(DeadLetterPayload.MaxTextChars / 4 * 3, Convert.FromBase64String(payload.Text).Length);
    }

    private sealed class Unreadable
    {
        public string Text => throw new InvalidOperationException("not today");
    }

    private sealed class Message(params object[] events) : IBatchContainer
    {
        public StreamId StreamId => StreamId.Create("texts", "1");

        public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(1);

        public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => events.Select(item => Tuple.Create((T)item, SequenceToken));

        public bool ImportRequestContext() => false;
    }
}
