using OrleansShop.Testing.Emulators;

namespace OrleansShop.Testing.Sqs;

/// <summary>
/// One emulator of SQS and SNS for a test process. Tests share it, so each takes queues and topics of its own names. The environment variable
/// ORLEANSSHOP_TEST_SQS, an URL, names a server to use instead.
/// </summary>
public sealed class SqsFixture() : EmulatorFixture(ServerVariable, SqsServer.StartAsync)
{
    public const string ServerVariable = "ORLEANSSHOP_TEST_SQS";

    /// <summary>A name for a queue or topic that no other test has.</summary>
    public static string NewName(string prefix) => $"{prefix}-{Guid.NewGuid():N}";
}
