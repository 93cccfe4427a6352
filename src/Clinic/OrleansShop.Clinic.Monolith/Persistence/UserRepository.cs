namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>Rows of users and their roles.</summary>
internal sealed class UserRepository(ClinicSession session)
{
    public Task<UserRow?> FindAsync(string username) => session.FindAsync<UserRow>(
        "SELECT username AS Username, password AS PasswordHash, enabled AS Enabled FROM users WHERE username = @username",
        new { username });

    public Task<IReadOnlyList<string>> ListRolesAsync(string username) =>
        session.QueryAsync<string>("SELECT role FROM roles WHERE username = @username ORDER BY id", new { username });

    public async Task InsertAsync(UserRow user, IEnumerable<string> roles)
    {
        await session.ExecuteAsync("INSERT INTO users (username, password, enabled) VALUES (@Username, @PasswordHash, @Enabled)", user);
        foreach (var role in roles)
        {
            await session.ExecuteAsync("INSERT INTO roles (username, role) VALUES (@Username, @role)", new { user.Username, role });
        }
    }

    internal sealed class UserRow
    {
        public string Username { get; init; } = "";

        /// <summary>In the format of ASP.NET Core Identity; empty for a user who cannot sign in.</summary>
        public string PasswordHash { get; init; } = "";

        public bool Enabled { get; init; }
    }
}
