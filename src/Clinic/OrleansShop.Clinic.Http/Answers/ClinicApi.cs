namespace OrleansShop.Clinic.Http.Answers;

/// <summary>Where the contract of the clinic lives, whichever process answers for a part of it.</summary>
internal static class ClinicApi
{
    public const string BasePath = "/petclinic/api";
}
