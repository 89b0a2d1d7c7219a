from crawlers.kept import kept


def test_what_was_made_is_not_made_again():
    asked = []

    @kept(8)
    def length(word):
        asked.append(word)
        return len(word)

    assert [length("一"), length("二三"), length("一")] == [1, 2, 1]
    assert asked == ["一", "二三"]


def test_of_many_keys_no_more_are_kept_than_said():
    asked = []

    @kept(2)
    def same(word):
        asked.append(word)
        return word

    assert [same(word) for word in "甲乙丙甲丙"] == list("甲乙丙甲丙")
    assert asked == list("甲乙丙甲")
