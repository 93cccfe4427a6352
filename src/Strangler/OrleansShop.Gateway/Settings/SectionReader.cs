using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Gateway.Settings;

/// <summary>
/// Reads a section into an options record and notes every fault, where the framework's binder stops at the first: text that is no such value,
/// values out of the range that the property's attribute gives, keys that no property has.
/// </summary>
internal static class SectionReader
{
    /// <param name="section">The section to read; a missing key keeps the property's default.</param>
    /// <param name="faults">Where faults are noted.</param>
    /// <param name="subsections">Keys below the section that something else reads.</param>
    public static T Read<T>(IConfigurationSection section, List<ConfigurationFault> faults, params string[] subsections)
        where T : new()
    {
        var options = new T();
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.CanWrite).ToList();
        foreach (var property in properties)
        {
            if (section[property.Name] is { } given)
            {
                Set(options, property, section, given, faults);
            }
        }

        foreach (var child in section.GetChildren())
        {
            if (!properties.Exists(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase))
                && !subsections.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                var known = string.Join(", ", properties.Select(static property => property.Name));
                faults.Add(new ConfigurationFault(child.Path, child.Value, $"absent: {section.Path} knows {known}"));
            }
        }

        return options;
    }

    private static void Set<T>(T options, PropertyInfo property, IConfigurationSection section, string given, List<ConfigurationFault> faults)
    {
        var range = property.GetCustomAttribute<RangeAttribute>();
        var wanted = range is null ? $"a {property.PropertyType.Name}" : $"a {property.PropertyType.Name} from {range.Minimum} to {range.Maximum}";
        object? value;
        try
        {
            value = TypeDescriptor.GetConverter(property.PropertyType).ConvertFromString(null, CultureInfo.InvariantCulture, given);
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            faults.Add(new ConfigurationFault($"{section.Path}:{property.Name}", given, wanted));
            return;
        }

        if (range is not null && !range.IsValid(value))
        {
            faults.Add(new ConfigurationFault($"{section.Path}:{property.Name}", given, wanted));
            return;
        }

        property.SetValue(options, value);
    }
}
