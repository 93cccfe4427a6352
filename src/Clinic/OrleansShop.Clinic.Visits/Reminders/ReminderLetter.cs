using System.Globalization;
using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Visits.Reminders.Mail;

namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>What a reminder says, to the front desk: who is to be called about which visit.</summary>
internal static class ReminderLetter
{
    // Above what the contract lets in, so that nothing is cut that a client could enter today.
    private const int MaxNameLength = 80;
    private const int MaxDescriptionLength = 255;

    /// <summary>Writes the mail.</summary>
    /// <param name="options">From whom and to whom.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="plan">Which plan of its visit it belongs to.</param>
    /// <param name="pet">The visit's pet.</param>
    /// <param name="owner">The pet's owner.</param>
    public static OutgoingMail Write(VisitReminderOptions options, Visit visit, int plan, Pet pet, Owner owner)
    {
        var petName = OneLine.Of(pet.Name, MaxNameLength);
        var ownerName = OneLine.Of($"{owner.FirstName} {owner.LastName}", 2 * MaxNameLength);
        var day = visit.Date.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);
        return new OutgoingMail(
            NameOf(visit, plan),
            options.From,
            options.FrontDesk,
            string.Create(CultureInfo.InvariantCulture, $"Visit of {petName} on {visit.Date:yyyy-MM-dd}: please call {ownerName}"),
            [
                $"Please call {ownerName} and remind them of the visit of {petName} on {day}.",
                "",
                $"Telephone: {OneLine.Of(owner.Telephone, MaxNameLength)}",
                $"Owner:     {ownerName}, number {owner.Id}",
                $"Pet:       {petName}, {OneLine.Of(pet.Type.Name, MaxNameLength)}, number {pet.Id}",
                $"Visit:     {day}, number {visit.Id}",
                $"For:       {OneLine.Of(visit.Description, MaxDescriptionLength)}",
            ]);
    }

    /// <summary>The name of a visit's mail, the same at each attempt.</summary>
    public static string NameOf(Visit visit, int plan) => string.Create(CultureInfo.InvariantCulture, $"visit-{visit.Id}-{visit.Date:yyyy-MM-dd}-{plan}");
}
