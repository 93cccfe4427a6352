using OrleansShop.Testing.DynamoDB;
using Xunit;

[assembly: AssemblyFixture(typeof(DynamoDBFixture))]
