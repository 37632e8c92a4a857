"""All rules, in the order of their codes."""

from __future__ import annotations

from inspector.errors import InspectorError
from inspector.findings import (
    arguments_begin_with_name,
    arguments_truncated,
    burst,
    call_without_result,
    calls_lost_by_server,
    charset,
    choice_index_not_zero,
    choices_empty,
    chunk_id_changes,
    chunks_in_one_frame,
    comment_inside_data,
    content_and_call_in_one_delta,
    content_null_or_empty_with_calls,
    content_type,
    crlf_framing,
    data_no_space,
    data_not_object,
    delta_null,
    done_after_cut,
    duplicate_ids,
    empty_body,
    empty_id_continuation,
    empty_turn,
    error_field,
    error_in_200_stream,
    event_id_repeated,
    event_split_over_reads,
    finish_early,
    finish_missing,
    finish_repeated,
    finish_stop_with_calls,
    finish_with_payload,
    frame_too_long,
    html_page,
    http_error,
    id_changes,
    id_format_refused_by_model,
    id_repeated,
    index_not_call_order,
    index_reused,
    json_error_body,
    keepalive_comment,
    last_frame_cut,
    line_cut_in_string,
    missing_done,
    missing_id,
    missing_index,
    name_late,
    name_missing,
    name_polluted,
    name_repeated,
    name_unknown,
    nested_too_deep,
    no_stream,
    not_streamed,
    null_id_continuation,
    provider_extra_must_be_echoed,
    reasoning_field_name,
    result_without_call,
    results_announced_not_sent,
    role_null_or_repeated,
    short_call_in_one_chunk,
    stage_id_forges_lines,
    stall,
    stream_cut,
    tool_calls_null_or_empty,
    tool_failure_as_text,
    unknown_line,
    utf8_split,
    whitespace_content_around_calls,
)
from inspector.findings.rule import Rule

RULES: tuple[Rule, ...] = (
    # TS1: the transport
    data_no_space.RULE,
    crlf_framing.RULE,
    keepalive_comment.RULE,
    comment_inside_data.RULE,
    utf8_split.RULE,
    event_split_over_reads.RULE,
    missing_done.RULE,
    stream_cut.RULE,
    error_in_200_stream.RULE,
    empty_body.RULE,
    html_page.RULE,
    json_error_body.RULE,
    not_streamed.RULE,
    no_stream.RULE,
    error_field.RULE,
    line_cut_in_string.RULE,
    content_type.RULE,
    charset.RULE,
    chunks_in_one_frame.RULE,
    last_frame_cut.RULE,
    event_id_repeated.RULE,
    stage_id_forges_lines.RULE,
    frame_too_long.RULE,
    stall.RULE,
    burst.RULE,
    unknown_line.RULE,
    http_error.RULE,
    data_not_object.RULE,
    nested_too_deep.RULE,
    # TC0: the content of chunks
    missing_index.RULE,
    index_reused.RULE,
    index_not_call_order.RULE,
    missing_id.RULE,
    empty_id_continuation.RULE,
    null_id_continuation.RULE,
    id_repeated.RULE,
    id_changes.RULE,
    duplicate_ids.RULE,
    id_format_refused_by_model.RULE,
    name_repeated.RULE,
    name_late.RULE,
    name_missing.RULE,
    name_polluted.RULE,
    name_unknown.RULE,
    arguments_truncated.RULE,
    finish_stop_with_calls.RULE,
    finish_missing.RULE,
    finish_repeated.RULE,
    finish_with_payload.RULE,
    finish_early.RULE,
    empty_turn.RULE,
    delta_null.RULE,
    tool_calls_null_or_empty.RULE,
    choices_empty.RULE,
    content_null_or_empty_with_calls.RULE,
    whitespace_content_around_calls.RULE,
    content_and_call_in_one_delta.RULE,
    choice_index_not_zero.RULE,
    chunk_id_changes.RULE,
    role_null_or_repeated.RULE,
    provider_extra_must_be_echoed.RULE,
    reasoning_field_name.RULE,
    result_without_call.RULE,
    call_without_result.RULE,
    calls_lost_by_server.RULE,
    done_after_cut.RULE,
    results_announced_not_sent.RULE,
    tool_failure_as_text.RULE,
    arguments_begin_with_name.RULE,
    short_call_in_one_chunk.RULE,
)


def named(code: str) -> Rule:
    """The rule of this code or name; raises `InspectorError` for one that is not known."""
    for rule in RULES:
        if code.upper() == rule.code or code.lower() == rule.name:
            return rule
    raise InspectorError(f"There is no rule {code!r}; `stage-inspector rules` lists them.")


def chosen(select: frozenset[str], ignore: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that one of `select` names, all where that is empty, but for those that one of `ignore` names.

    A name is a code, the beginning of codes, or the name of a rule; `InspectorError` for one that names nothing.
    """
    for each in sorted(select | ignore):
        if not any(_is_named(rule, each) for rule in RULES):
            raise InspectorError(f"There is no rule {each!r}; `stage-inspector rules` lists them.")
    kept = [rule for rule in RULES if not select or any(_is_named(rule, each) for each in select)]
    return tuple(rule for rule in kept if not any(_is_named(rule, each) for each in ignore))


def _is_named(rule: Rule, name: str) -> bool:
    return rule.code.startswith(name.upper()) or rule.name == name.lower()
