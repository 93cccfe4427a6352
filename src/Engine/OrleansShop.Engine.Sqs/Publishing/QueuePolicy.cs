using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansShop.Engine.Sqs.Publishing;

/// <summary>The policy of a queue: who may do what to it besides those whom their own policies allow.</summary>
internal static class QueuePolicy
{
    private const string Version = "2012-10-17";

    /// <summary>A policy that also lets a topic send.</summary>
    /// <param name="policy">What is allowed so far; null if nothing is.</param>
    /// <param name="queueArn">The queue.</param>
    /// <param name="topicArn">The topic.</param>
    /// <returns>Null if <paramref name="policy"/> lets it already, by a statement that this has made.</returns>
    /// <exception cref="FormatException"><paramref name="policy"/> is not a policy.</exception>
    public static string? Allow(string? policy, string queueArn, string topicArn)
    {
        var root = Parse(policy);
        var statements = root["Statement"] switch
        {
            JsonArray many => many,
            null => Put(root, new JsonArray()),

            // One statement may stand alone.
            JsonNode one => Put(root, new JsonArray(one.DeepClone())),
        };
        var ours = new JsonObject
        {
            ["Sid"] = IdOf(topicArn),
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["Service"] = "sns.amazonaws.com" },
            ["Action"] = "sqs:SendMessage",
            ["Resource"] = queueArn,
            ["Condition"] = new JsonObject { ["ArnEquals"] = new JsonObject { ["aws:SourceArn"] = topicArn } },
        };
        if (statements.Any(statement => JsonNode.DeepEquals(statement, ours))) return null;

        statements.Add((JsonNode)ours);
        return root.ToJsonString();
    }

    private static JsonObject Parse(string? policy)
    {
        if (string.IsNullOrEmpty(policy)) return new JsonObject { ["Version"] = Version };
        try
        {
            return JsonNode.Parse(policy) as JsonObject ?? throw new FormatException("The policy of the queue is not a JSON object.");
        }
        catch (JsonException cause)
        {
            throw new FormatException("The policy of the queue is not JSON.", cause);
        }
    }

    private static JsonArray Put(JsonObject root, JsonArray statements)
    {
        root["Statement"] = statements;
        return statements;
    }

    // Letters and digits only, and the same for the same topic.
    private static string IdOf(string topicArn) => $"SendBy{string.Concat(topicArn.Where(char.IsAsciiLetterOrDigit))}";
}
