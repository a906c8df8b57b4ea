//! Patterns of `match`.

use super::*;

impl Lowering<'_> {
    fn patterns(&mut self, list: &[ruff::Pattern]) -> List<Pattern> {
        list.iter().map(|pattern| self.pattern(pattern)).collect()
    }

    pub(super) fn pattern(&mut self, pattern: &ruff::Pattern) -> Pattern {
        let loc = self.loc(pattern.range());
        let kind = match pattern {
            ruff::Pattern::MatchValue(node) => PatternKind::MatchValue { value: self.boxed(&node.value) },
            ruff::Pattern::MatchSingleton(node) => PatternKind::MatchSingleton {
                value: match node.value {
                    ruff::Singleton::None => Const::None,
                    ruff::Singleton::True => Const::Bool(true),
                    ruff::Singleton::False => Const::Bool(false),
                },
            },
            ruff::Pattern::MatchSequence(node) => PatternKind::MatchSequence { patterns: self.patterns(&node.patterns) },
            ruff::Pattern::MatchMapping(node) => PatternKind::MatchMapping {
                keys: self.exprs(&node.keys),
                patterns: self.patterns(&node.patterns),
                rest: node.rest.as_ref().map(|name| self.name(name)),
            },
            ruff::Pattern::MatchClass(node) => PatternKind::MatchClass {
                cls: self.boxed(&node.cls),
                patterns: self.patterns(&node.arguments.patterns),
                kwd_attrs: node.arguments.keywords.iter().map(|keyword| self.name(&keyword.attr)).collect(),
                kwd_patterns: node.arguments.keywords.iter().map(|keyword| self.pattern(&keyword.pattern)).collect(),
            },
            ruff::Pattern::MatchStar(node) => PatternKind::MatchStar { name: node.name.as_ref().map(|name| self.name(name)) },
            ruff::Pattern::MatchAs(node) => PatternKind::MatchAs {
                pattern: node.pattern.as_deref().map(|inner| Ptr::new(self.pattern(inner))),
                name: node.name.as_ref().map(|name| self.name(name)),
            },
            ruff::Pattern::MatchOr(node) => PatternKind::MatchOr { patterns: self.patterns(&node.patterns) },
        };
        Pattern { loc, kind }
    }
}
