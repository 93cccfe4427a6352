namespace Orleans;

/// <summary>Objects of the type are written in full each time they occur. Cheaper; for types that are never shared and never part of a cycle.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SuppressReferenceTrackingAttribute : Attribute;
