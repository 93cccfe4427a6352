using OrleansShop.Engine.DynamoDB.Reminders;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.Reminders;

public sealed class OfficialTimesTests
{
    private static readonly DateTime Expected = new(2030, 2, 1, 15, 4, 5, DateTimeKind.Utc);

    [Theory]
    [InlineData("02/01/2030 15:04:05")]
    [InlineData("2/1/2030 3:04:05 PM")]
    [InlineData("2/1/2030 3:04:05\u202FPM")]
    [InlineData("01.02.2030 15:04:05")]
    [InlineData("2030-02-01 15:04:05")]
    [InlineData("2030/02/01 15:04:05")]
    [InlineData("2030-02-01T15:04:05.0000000Z")]
    [InlineData("01-02-2030 15:04:05")]
    public void Times_of_many_cultures_are_read_as_utc(string text)
    {
        var read = OfficialTimes.Of([text]).Read(text);

        Assert.Equal(Expected, read);
        Assert.Equal(DateTimeKind.Utc, read!.Value.Kind);
    }

    [Fact]
    public void One_time_that_can_only_have_the_day_first_decides_for_all_with_slashes()
    {
        var times = OfficialTimes.Of(["01/02/2030 15:04:05", "31/12/2030 00:00:00", null]);

        Assert.Equal(Expected, times.Read("01/02/2030 15:04:05"));
        Assert.Equal(new DateTime(2030, 12, 31), times.Read("31/12/2030 00:00:00"));
    }

    [Fact]
    public void What_is_no_time_is_not_read() => Assert.Null(OfficialTimes.Of(["soon"]).Read("soon"));
}
