import ts from 'typescript';

const COMPUTED = '(computed)';

function specifierOf(node: ts.Node): ts.Node | undefined {
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
	if (ts.isExternalModuleReference(node)) return node.expression;
	if (ts.isImportTypeNode(node))
		return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument;
	if (!ts.isCallExpression(node)) return undefined;
	const { expression } = node;
	const loads =
		expression.kind === ts.SyntaxKind.ImportKeyword ||
		(ts.isIdentifier(expression) && expression.text === 'require') ||
		(ts.isPropertyAccessExpression(expression) &&
			ts.isIdentifier(expression.expression) &&
			expression.expression.text === 'require');
	return loads ? (node.arguments[0] ?? node) : undefined;
}

/**
 * Every module a TypeScript file names: imports, re-exports, `import type`, `import()` and
 * `require()`. A name that is not a literal is reported as `(computed)`.
 */
export function importedModules(fileName: string, text: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node) => {
		const specifier = specifierOf(node);
		if (specifier !== undefined) {
			found.push(ts.isStringLiteralLike(specifier) ? specifier.text : COMPUTED);
		}
		node.forEachChild(visit);
	};
	visit(ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true));
	return found;
}
