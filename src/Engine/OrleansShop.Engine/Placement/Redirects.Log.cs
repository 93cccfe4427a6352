using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.Placement.Protocol;

namespace OrleansShop.Engine.Placement;

internal sealed partial class Redirects
{
    [LoggerMessage(1820, LogLevel.Debug, "Placing {Grain} on {Host}, number {Number}")]
    private partial void LogPlacing(GrainId grain, SiloAddress host, long number);

    [LoggerMessage(1821, LogLevel.Debug, "{Owner} places {Grain} here, number {Number}: {Answer}")]
    private partial void LogTold(GrainId grain, SiloAddress owner, long number, PlacementAnswer answer);

    [LoggerMessage(1822, LogLevel.Debug, "{Count} redirects were dropped at view {View}")]
    private partial void LogDropped(int count, long view);

    [LoggerMessage(1823, LogLevel.Debug, "{Grain} moves to {Target} with {Bytes} bytes")]
    private partial void LogMoving(GrainId grain, SiloAddress target, int bytes);

    [LoggerMessage(1825, LogLevel.Debug, "{Grain} goes to its new owner {Owner} with {Bytes} bytes, at view {View}: {Outcome}")]
    private partial void LogHandingOver(GrainId grain, SiloAddress owner, int bytes, long view, SendOutcome outcome);

    [LoggerMessage(1826, LogLevel.Debug, "{Grain} comes from {Previous} at view {View} with {Bytes} bytes; of use: {IsOfUse}")]
    private partial void LogHandedOver(GrainId grain, SiloAddress previous, long view, int bytes, bool isOfUse);

    [LoggerMessage(1824, LogLevel.Warning, "{Grain} cannot be placed; its callers are told")]
    private partial void LogNotPlaced(Exception cause, GrainId grain);
}
