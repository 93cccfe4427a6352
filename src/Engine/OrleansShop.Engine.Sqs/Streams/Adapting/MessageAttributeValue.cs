namespace Amazon.SQS.Model;

/// <summary>The value of an attribute of a message.</summary>
public class MessageAttributeValue
{
    /// <summary>The value of a binary attribute; null for others.</summary>
    public MemoryStream? BinaryValue { get; set; }

    /// <summary><c>String</c>, <c>Number</c> or <c>Binary</c>, each with a suffix of one's own after a dot.</summary>
    public string DataType { get; set; } = "String";

    /// <summary>The value of a text or a number; null for others.</summary>
    public string? StringValue { get; set; }
}
