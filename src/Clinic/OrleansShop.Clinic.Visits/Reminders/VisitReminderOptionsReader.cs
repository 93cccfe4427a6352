using System.Globalization;
using System.Net.Mail;
using OrleansShop.Clinic.Visits.Reminders.Mail;
using OrleansShop.ServiceDefaults.Settings;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>Reads <see cref="VisitReminderOptions"/> and notes everything that is wrong, so that one start shows every fault.</summary>
internal sealed class VisitReminderOptionsReader
{
    private const string Smtp = $"{VisitReminderOptions.Section}:Smtp";
    private const int MaxAddressLength = 254; // RFC 5321, 4.5.3.1.3, without the angle brackets.

    private readonly IConfiguration _configuration;
    private readonly List<ConfigurationFault> _faults = [];
    private readonly ConfigurationReader _reader;

    private VisitReminderOptionsReader(IConfiguration configuration) =>
        (_configuration, _reader) = (configuration, new ConfigurationReader(configuration, _faults, VisitReminderOptions.Section));

    /// <exception cref="SiloConfigurationException">Something is wrong; it lists every fault.</exception>
    public static VisitReminderOptions Read(IConfiguration configuration)
    {
        var reader = new VisitReminderOptionsReader(configuration);
        var options = reader.Read();
        return reader._faults.Count == 0 ? options : throw new SiloConfigurationException(reader._faults);
    }

    private VisitReminderOptions Read()
    {
        var defaults = new VisitReminderOptions();
        var retry = Duration("RetryDelay", defaults.RetryDelay, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        var smtp = ReadSmtp();
        return new VisitReminderOptions
        {
            Enabled = _reader.Flag("Enabled") ?? defaults.Enabled,
            LeadTime = Duration("LeadTime", defaults.LeadTime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(60)),
            VisitTime = TimeOfDay("VisitTime", defaults.VisitTime),
            TimeZone = Zone("TimeZone", defaults.TimeZone),
            From = Address("From", defaults.From, isForSmtp: smtp is not null),
            FrontDesk = Address("FrontDesk", defaults.FrontDesk, isForSmtp: smtp is not null),
            RetryDelay = retry,
            MaxRetryDelay = Duration("MaxRetryDelay", retry > defaults.MaxRetryDelay ? retry : defaults.MaxRetryDelay, retry, TimeSpan.FromDays(1)),
            DropFolder = _reader.Text("DropFolder") ?? Path.Combine(SiloSettings.Read(_configuration).DataFolder, "mail"),
            Smtp = smtp,
        };
    }

    private SmtpOptions? ReadSmtp()
    {
        if (_reader.Text("Smtp:Host") is not { } host)
        {
            foreach (var setting in _configuration.GetSection(Smtp).GetChildren().Where(static setting => !string.IsNullOrEmpty(setting.Value) && setting.Key != nameof(SmtpOptions.Host)))
            {
                _reader.Fault("Smtp:Host", given: null, $"the name of the SMTP server, because {Smtp}:{setting.Key} is set");
                break;
            }

            return null;
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) _reader.Fault("Smtp:Host", host, "the name or the IP address of a server, without a port");
        var defaults = new SmtpOptions { Host = host };
        var smtp = defaults with
        {
            Port = _reader.Number("Smtp:Port", least: 1, most: 65_535) ?? defaults.Port,
            StartTls = _reader.Flag("Smtp:StartTls") ?? defaults.StartTls,
            Username = _reader.Text("Smtp:Username"),
            Password = _reader.Text("Smtp:Password"),
            Timeout = Duration("Smtp:Timeout", defaults.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
            MaxConnections = _reader.Number("Smtp:MaxConnections", least: 1, most: 100) ?? defaults.MaxConnections,
        };
        if (smtp is { Username: not null, Password: null }) _reader.Fault("Smtp:Password", given: null, $"the password, because {Smtp}:Username is set");
        if (smtp is { Username: null, Password: not null }) _reader.Fault("Smtp:Username", given: null, $"the name to sign in with, because {Smtp}:Password is set");
        if (smtp is { Username: not null, StartTls: false }) _reader.Fault("Smtp:StartTls", "false", $"true, because {Smtp}:Username is set, and passwords do not travel in the clear");
        return smtp;
    }

    private string Address(string key, string fallback, bool isForSmtp)
    {
        if (_reader.Text(key) is not { } text)
        {
            if (isForSmtp) _reader.Fault(key, given: null, $"an e-mail address, because {Smtp}:Host is set");
            return fallback;
        }

        // The address alone: a display name would be one more thing that has to be encoded.
        if (text.Length <= MaxAddressLength && text.All(char.IsAscii) && MailAddress.TryCreate(text, out var address) && address.Address == text) return text;
        _reader.Fault(key, text, "an e-mail address in ASCII such as visits@clinic.example, without a name");
        return fallback;
    }

    private TimeSpan Duration(string key, TimeSpan fallback, TimeSpan least, TimeSpan most)
    {
        if (_reader.Text(key) is not { } text) return fallback;

        // A number alone would be read as days, which nobody means who writes it.
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration >= least && duration <= most) return duration;
        _reader.Fault(key, text, $"a duration from {least} to {most}, written as hours:minutes:seconds or days.hours:minutes:seconds");
        return fallback;
    }

    private TimeOnly TimeOfDay(string key, TimeOnly fallback)
    {
        if (_reader.Text(key) is not { } text) return fallback;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        _reader.Fault(key, text, "a time of day from 00:00 to 23:59");
        return fallback;
    }

    private TimeZoneInfo Zone(string key, TimeZoneInfo fallback)
    {
        if (_reader.Text(key) is not { } text) return fallback;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)) return zone;
        _reader.Fault(key, text, "a time zone that this machine knows, by its IANA name such as Europe/Berlin, or UTC; containers may lack the package tzdata");
        return fallback;
    }
}
