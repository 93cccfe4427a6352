using Microsoft.AspNetCore.Identity;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Monolith.Persistence;

namespace OrleansShop.Clinic.Monolith.Clinic;

/// <summary>Users. Passwords are kept hashed and never given out.</summary>
internal sealed class UserService(ClinicDatabase database, IPasswordHasher<string> hasher)
{
    public async Task<User> AddAsync(UserFields fields, CancellationToken cancellationToken)
    {
        // Hashed outside the transaction: it takes long on purpose.
        var hash = fields.Password is { } password ? hasher.HashPassword(fields.Username, password) : "";
        var roles = fields.Roles.Select(role => role.Name).Distinct(StringComparer.Ordinal).ToList();
        var enabled = fields.Enabled ?? true;

        return await database.WriteAsync(
            async session =>
            {
                if (await session.Users.FindAsync(fields.Username) is not null)
                {
                    throw new ProblemException(ProblemKind.Conflict, ContractTexts.UserExists(fields.Username));
                }

                var row = new UserRepository.UserRow { Username = fields.Username, PasswordHash = hash, Enabled = enabled };
                await session.Users.InsertAsync(row, roles);
                return new User(fields.Username, enabled, [.. roles.Select(name => new Role(name))]);
            },
            cancellationToken);
    }
}
