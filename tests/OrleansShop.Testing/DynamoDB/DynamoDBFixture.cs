using OrleansShop.Testing.Emulators;

namespace OrleansShop.Testing.DynamoDB;

/// <summary>
/// One DynamoDB Local for a test process. Tests share it, so each takes tables of its own names. The environment variable ORLEANSSHOP_TEST_DYNAMODB, an URL,
/// names a server to use instead.
/// </summary>
public sealed class DynamoDBFixture() : EmulatorFixture(ServerVariable, static () => DynamoDBServer.StartAsync())
{
    public const string ServerVariable = "ORLEANSSHOP_TEST_DYNAMODB";

    /// <summary>A name for a table that no other test has.</summary>
    public static string NewTableName(string prefix) => $"{prefix}-{Guid.NewGuid():N}";
}
