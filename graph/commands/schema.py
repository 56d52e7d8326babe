"""``collabgraph schema``: what a graph holds, for a person who writes Cypher."""

from collections.abc import Mapping

import click


@click.command()
def command() -> None:
    """Print what a graph holds: labels, relationships, their properties, and queries to begin with.

    \b
        collabgraph schema
        collabgraph schema | less
    """
    from extract.ontology import load_ontology
    from graph.schema import describe_schema

    schema, ontology = describe_schema(), load_ontology()
    click.echo("NODES\n")
    for node in schema["node"]:
        click.echo(f"(:{node['label']})  {node['what']}")
        _properties(node["properties"])
    click.echo("COLLABORATIONS\n")
    click.echo(f"{schema['collaboration']['pattern']}  {schema['collaboration']['what']}")
    _properties(schema["collaboration"]["properties"])
    for kind in (*ontology.collaborations.values(), *ontology.structures.values()):
        source, target = kind.roles
        ends = f"{source} → {target}" if kind.directed else f"{source} – {target}, symmetric"
        structure = "structure, no collaboration: " if kind.name in ontology.structures else ""
        name = f"[:{kind.relationship}]"
        click.echo(f"  {name:17}{structure}{kind.label['en']}, {kind.label['zh']}  ({ends})")
    click.echo("\nOTHER RELATIONSHIPS\n")
    for relationship in schema["relationship"]:
        click.echo(f"{relationship['pattern']}  {relationship['what']}")
        _properties(relationship.get("properties", {}))
    click.echo("QUERIES TO BEGIN WITH, for collabgraph query\n")
    for example in schema["example"]:
        click.echo(f"{example['question']}\n  {example['cypher']}\n")


def _properties(properties: Mapping[str, str]) -> None:
    for name, what in properties.items():
        click.echo(f"  {name:15} {what}")
    click.echo()
