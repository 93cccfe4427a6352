namespace Orleans.Runtime;

/// <summary>A part of a silo whose health counts for the silo's. All of them are in the silo's services.</summary>
public interface IHealthCheckParticipant : IHealthCheckable;
