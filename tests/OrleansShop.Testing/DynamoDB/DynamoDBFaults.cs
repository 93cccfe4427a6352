using System.Net;
using OrleansShop.Testing.Faults;

namespace OrleansShop.Testing.DynamoDB;

/// <summary>What DynamoDB itself does to calls now and then.</summary>
public static class DynamoDBFaults
{
    private const string TooMuch = "ProvisionedThroughputExceededException";

    /// <summary>Has the next calls of an operation refused, because there were too many.</summary>
    public static void Throttle(this FaultProxy proxy, string operation, int times) => proxy.Refuse(operation, TooMuch, times);

    /// <summary>Has all calls of an operation refused because there are too many, until <see cref="FaultProxy.Heal"/>.</summary>
    public static void Throttle(this FaultProxy proxy, string operation) => proxy.RefuseAlways(operation, TooMuch);

    /// <summary>Has the next call of an operation fail inside DynamoDB.</summary>
    public static void Fail(this FaultProxy proxy, string operation) => proxy.Refuse(operation, "InternalServerError", status: HttpStatusCode.InternalServerError);
}
