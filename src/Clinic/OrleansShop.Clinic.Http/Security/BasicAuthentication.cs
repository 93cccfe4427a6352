using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OrleansShop.Clinic.Http.Configuration;

namespace OrleansShop.Clinic.Http.Security;

/// <summary>HTTP basic authentication (RFC 7617, UTF-8) against the directory of users. When security is off, credentials are not looked at.</summary>
internal sealed class BasicAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> schemeOptions, ILoggerFactory loggers, UrlEncoder encoder, ApiOptions options, PasswordCheck passwords)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemeOptions, loggers, encoder)
{
    public new const string Scheme = "Basic";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!options.SecurityEnabled || Request.Headers.Authorization.Count == 0) return AuthenticateResult.NoResult();
        if (ReadCredentials() is not var (username, password)) return AuthenticateResult.Fail("The Authorization header does not hold basic credentials.");

        var roles = await passwords.SignInAsync(username, password, Context.RequestAborted);
        if (roles is null) return AuthenticateResult.Fail("The user name or the password is wrong, or the user is disabled.");

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, username), .. roles.Select(role => new Claim(ClaimTypes.Role, role))], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Basic realm=\"petclinic\", charset=\"UTF-8\"";
        return base.HandleChallengeAsync(properties);
    }

    private (string Username, string Password)? ReadCredentials()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            || !Scheme.Equals(header.Scheme, StringComparison.OrdinalIgnoreCase)
            || header.Parameter is null)
        {
            return null;
        }

        try
        {
            var pair = StrictUtf8.GetString(Convert.FromBase64String(header.Parameter));
            return pair.IndexOf(':') is >= 0 and var colon && !pair.Any(char.IsControl) ? (pair[..colon], pair[(colon + 1)..]) : null;
        }
        catch (Exception malformed) when (malformed is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
