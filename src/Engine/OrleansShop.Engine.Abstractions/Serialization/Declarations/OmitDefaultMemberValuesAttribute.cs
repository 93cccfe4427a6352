namespace Orleans;

/// <summary>Members that are equal to the default of their type are not written. Members that are not read are set to it, whatever the constructor set.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class OmitDefaultMemberValuesAttribute : Attribute;
