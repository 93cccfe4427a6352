namespace Orleans.EventSourcing;

/// <summary>Is told when the log cannot be reached, and when it can again. What it throws is logged.</summary>
public interface IConnectionIssueListener
{
    /// <summary>A try failed. The issue's delay may be changed before the next one.</summary>
    void OnConnectionIssue(ConnectionIssue connectionIssue);

    /// <summary>A try has succeeded after failures.</summary>
    void OnConnectionIssueResolved(ConnectionIssue connectionIssue);
}
