namespace OrleansShop.Engine.Simulation.Workers;

/// <summary>What a cluster in which nothing changes asks of its membership table.</summary>
/// <param name="Silos">How many silos it has.</param>
/// <param name="Increments">How many increments were acknowledged meanwhile.</param>
/// <param name="RequestsPerSiloAndMinute">How many requests each silo has sent in a minute, reads and renewals.</param>
internal sealed record SteadyOutcome(int Silos, int Increments, double RequestsPerSiloAndMinute);
