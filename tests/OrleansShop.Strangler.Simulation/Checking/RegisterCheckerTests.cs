namespace OrleansShop.Strangler.Simulation.Checking;

public sealed class RegisterCheckerTests
{
    private const string One = "one";

    [Fact]
    public void Reads_that_overlap_a_write_may_see_either_side_of_it() =>
        Accepts(Write("a", 1, 2), Write("b", 3, 10), Read("a", 4, 5), Read("b", 6, 7), Read("b", 11, 12));

    [Fact]
    public void A_value_that_comes_back_is_refused() =>
        Refuses(Write("a", 1, 2), Write("b", 3, 10), Read("b", 4, 5), Read("a", 6, 7));

    [Fact]
    public void A_lost_write_is_refused() => Refuses(Write("a", 1, 2), Write("b", 3, 4), Read("a", 5, 6));

    [Fact]
    public void A_write_without_an_answer_may_happen_at_any_time_or_never()
    {
        Accepts(Write("a", 1, 2), Unknown("b", 3), Read("a", 5, 6));
        Accepts(Write("a", 1, 2), Unknown("b", 3), Read("a", 5, 6), Read("b", 7, 8));
        Refuses(Write("a", 1, 2), Unknown("b", 3), Read("b", 5, 6), Read("a", 7, 8));
    }

    [Fact]
    public void What_was_refused_is_never_seen()
    {
        var refused = new RegisterOperation { Kind = OperationKind.Update, Value = "b", Begun = 3, Ended = 4, Outcome = OperationOutcome.Refused };

        Accepts(Write("a", 1, 2), refused, Read("a", 5, 6));
        Refuses(Write("a", 1, 2), refused, Read("b", 5, 6));
    }

    [Fact]
    public void What_is_gone_stays_gone()
    {
        var deletion = new RegisterOperation { Kind = OperationKind.Delete, Begun = 3, Ended = 6, Outcome = OperationOutcome.Done };
        var absent = new RegisterOperation { Kind = OperationKind.Read, Begun = 4, Ended = 5, Outcome = OperationOutcome.Absent };

        Accepts(Write("a", 1, 2), deletion, absent);
        Refuses(Write("a", 1, 2), absent);
        Refuses(Write("a", 1, 2), deletion, Read("a", 7, 8));
    }

    [Fact]
    public void Nothing_is_seen_before_it_was_asked_for() => Refuses(Write("a", 1, 2), Read("b", 3, 4), Write("b", 5, 6));

    private static void Accepts(params RegisterOperation[] operations) => Assert.Null(RegisterChecker.Check(One, operations));

    private static void Refuses(params RegisterOperation[] operations) => Assert.NotNull(RegisterChecker.Check(One, operations));

    private static RegisterOperation Write(string value, long begun, long ended) => new() { Kind = OperationKind.Update, Value = value, Begun = begun, Ended = ended, Outcome = OperationOutcome.Done };

    private static RegisterOperation Unknown(string value, long begun) => new() { Kind = OperationKind.Update, Value = value, Begun = begun };

    private static RegisterOperation Read(string value, long begun, long ended) => new() { Kind = OperationKind.Read, Seen = value, Begun = begun, Ended = ended, Outcome = OperationOutcome.Done };
}
