namespace OrleansShop.Clinic.Http.Time;

/// <summary>Which day it is for the clinic: the day in UTC, wherever server and client stand.</summary>
internal static class ClinicCalendar
{
    public static DateOnly Today(this TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
